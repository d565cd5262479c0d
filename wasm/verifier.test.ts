/** An independent reader of TP1 (§3.5): from the text alone, on another crypto library, it arrives at the same bytes.
 * It shares nothing with the code it checks but the functions under test; so it has its own lv, hex and msgpack. */
import { describe, expect, test } from "bun:test";
import { poly1305 } from "@noble/ciphers/_poly1305.js";
import { chacha20, hchacha, xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { blake2b } from "@noble/hashes/blake2.js";
import type { CallId, ItemId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { deviceSeal } from "./device.ts";
import { sealItem, sealManifest } from "./item.ts";
import { newPair, shakeHands } from "./pair.ts";
import { passwordKeys } from "./password.ts";
import { recoveryKeys } from "./recovery.ts";
import { seatOf } from "./seat.ts";
import { ready } from "./sodium.ts";
import vectors from "./vectors.json";
import { wrapKey } from "./wrap.ts";

await ready();

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const hex = (value: Uint8Array) => Buffer.from(value).toString("hex");
const text = (value: string) => new TextEncoder().encode(value);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

function u32(n: number): Uint8Array {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return new Uint8Array(out);
}

function lv(...fields: (string | Uint8Array)[]): Uint8Array {
  const all = fields.map((field) => (typeof field === "string" ? text(field) : field));
  return join(...all.flatMap((field) => [u32(field.length), field]));
}

function H(n: number, key: Uint8Array | null, ...fields: (string | Uint8Array)[]): Uint8Array {
  return blake2b(lv(...fields), key === null ? { dkLen: n } : { dkLen: n, key });
}

function KDF(key: Uint8Array, id: number, context: string, n = 32): Uint8Array {
  const [salt, personalization] = [new Uint8Array(16), new Uint8Array(16)];
  salt[0] = id;
  personalization.set(text(context));
  return blake2b(new Uint8Array(0), { dkLen: n, key, salt, personalization });
}

/** `bin 8` of msgpack. */
const bin = (value: Uint8Array) => join(new Uint8Array([0xc4, value.length]), value);
/** A short array of version 1 and a letter, then `rest`. */
const letter = (count: number, name: string, ...rest: Uint8Array[]) =>
  join(new Uint8Array([0x90 | count, 1, 0xa1]), text(name), ...rest);
const NIL = new Uint8Array([0xc0]);

/** Opens nonce24 ‖ ciphertext. */
function openAead(key: Uint8Array, place: Uint8Array, box: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, box.slice(0, 24), place).decrypt(box.slice(24));
}

/** ISO 7816-4 padding. */
function unpadded(padded: Uint8Array): Uint8Array {
  return padded.slice(0, padded.lastIndexOf(0x80));
}

type Stream = { key: Uint8Array; counter: number; nonce: Uint8Array };

/** libsodium's secretstream, read from its manual: HChaCha20 of the header's first 16 bytes, then a counter ‖ nonce. */
function startStream(key: Uint8Array, header: Uint8Array): Stream {
  const words = (part: Uint8Array) => new Uint32Array(part.slice().buffer);
  const out = new Uint32Array(8);
  hchacha(words(text("expand 32-byte k")), words(key), words(header.slice(0, 16)), out);
  return { key: new Uint8Array(out.buffer), counter: 1, nonce: header.slice(16) };
}

const little = (n: number, size: number) =>
  Uint8Array.from({ length: size }, (_, i) => (i < 4 ? (n >>> (8 * i)) & 255 : 0));

function openNext(stream: Stream, sealed: Uint8Array): { tag: number; message: Uint8Array } {
  const nonce = join(little(stream.counter, 4), stream.nonce);
  const xor = (input: Uint8Array, block: number) => chacha20(stream.key, nonce, input, undefined, block);
  const [first = 0, body, mac] = [sealed[0], sealed.slice(1, -16), sealed.slice(-16)];
  const block = xor(
    Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? first : 0)),
    1,
  );
  const tag = block[0] ?? 0;
  block[0] = first;
  const lengths = join(new Uint8Array(body.length & 15), little(0, 8), little(64 + body.length, 8));
  expect(hex(poly1305(join(block, body, lengths), xor(new Uint8Array(32), 0)))).toBe(hex(mac));
  const message = xor(body, 2);
  stream.nonce = stream.nonce.map((byte, i) => byte ^ (mac[i] ?? 0));
  stream.counter += 1;
  if ((tag & 2) !== 0) rekey(stream);
  return { tag, message };
}

function rekey(stream: Stream): void {
  const nonce = join(little(stream.counter, 4), stream.nonce);
  const next = chacha20(stream.key, nonce, join(stream.key, stream.nonce));
  stream.key = next.slice(0, 32);
  stream.nonce = next.slice(32, 40);
  stream.counter = 1;
}

function openStream(key: Uint8Array, header: Uint8Array, sealed: Uint8Array[]) {
  const stream = startStream(key, header);
  return sealed.map((one) => openNext(stream, one));
}

const idSeed = bytes(vectors.id_seed);
const idT = ed25519.getPublicKey(idSeed);
const link = H(32, bytes(vectors.L), "tp1 link");
const psk = KDF(link, 2, "tp1_link");
const rid = KDF(link, 1, "tp1_link", 16);
const [eCsk, eTsk] = [bytes(vectors.eC_sk), bytes(vectors.eT_sk)];
const [eC, eT] = [x25519.getPublicKey(eCsk), x25519.getPublicKey(eTsk)];
const [nC, nT] = [bytes(vectors.nC), bytes(vectors.nT)];

describe("[TP1 3.5] link and identity, from the text", () => {
  test("fingerprint, rid, psk, brand", () => {
    const brand = KDF(link, 3, "tp1_link");
    const got = [H(16, null, "tp1 id", idT), rid, psk, brand].map(hex);
    expect(got).toEqual([vectors.fp, vectors.rid, vectors.psk, vectors.brand]);
  });
});

describe("[TP1 3.5] the handshake, from the text", () => {
  const draw =
    (...values: Uint8Array[]) =>
    () =>
      new Uint8Array(values.shift() ?? []);
  const pair = newPair({
    seed: new Uint8Array(idSeed),
    secret: new Uint8Array(bytes(vectors.L)),
    clientRandom: draw(eCsk, nC),
    therapistRandom: draw(eTsk, nT),
  });
  const { atClient, atTherapist, flight } = shakeHands(pair);
  const commit = H(32, null, "tp1 commit", eC, nC);
  const M1 = letter(4, "K", bin(rid), bin(commit));
  const core2 = letter(6, "H", bin(idT), bin(eT), bin(nT), NIL);
  const sig = ed25519.sign(lv("tp1 hello", M1, core2), idSeed);
  const core3 = letter(5, "R", bin(eC), bin(nC), NIL);
  const th = H(32, null, "tp1 th", M1, core2, core3);
  const ms = H(32, psk, "tp1 ms", x25519.getSharedSecret(eCsk, eT), th);
  const [kCT, kTC, mC, mT] = [1, 2, 3, 4].map((i) => KDF(ms, i, "tp1_chan")) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const hC = flight.m3.slice(-24);
  const hT = flight.m4.slice(-24);
  const macC = H(32, mC, "tp1 macC", th, hC);
  const macT = H(32, mT, "tp1 macT", th, macC, hT);

  test("every message, to the byte", () => {
    expect(hex(flight.m1)).toBe(hex(M1));
    expect(hex(flight.m2)).toBe(hex(join(new Uint8Array([0x92]), bin(core2), bin(sig))));
    const proofs = join(new Uint8Array([0x91, 0x92]), bin(macC), bin(hC));
    expect(hex(flight.m3)).toBe(hex(join(new Uint8Array([0x92]), bin(core3), proofs)));
    expect(hex(flight.m4)).toBe(hex(letter(4, "A", bin(macT), bin(hT))));
  });
  test("th, ms, channel keys, pid and words are the published ones", () => {
    const keys = { th, ms, kCT, kTC, mC, mT, pid: H(16, null, "tp1 pid", th) };
    for (const [name, value] of Object.entries(keys)) {
      expect(hex(value)).toBe(vectors.link_hs[name as keyof typeof keys]);
    }
    const sas = H(16, null, "tp1 sas", bin(rid), commit, idT, eT, nT, eC, nC);
    const bits = BigInt(`0x${hex(sas.slice(0, 5))}`);
    expect([30n, 20n, 10n, 0n].map((shift) => Number((bits >> shift) & 1023n))).toEqual([...atClient.sas]);
    expect([...atClient.sas]).toEqual(vectors.link_hs.sas);
  });
  test("what the channel sealed opens with the keys, both ways, padded to 64", () => {
    const sealed = [text("join"), text("x".repeat(64))].map((plain) => atClient.channel.seal(plain));
    const opened = openStream(kCT, hC, sealed);
    expect(opened.map(({ tag }) => tag)).toEqual([0, 0]);
    expect(opened.map(({ message }) => message.length)).toEqual([64, 128]);
    expect(opened.map(({ message }) => unpadded(message))).toEqual([text("join"), text("x".repeat(64))]);
    const last = [
      atTherapist.channel.seal(text("epoch"), "rekey"),
      atTherapist.channel.seal(text("bye"), "final"),
    ];
    const back = openStream(kTC, hT, last);
    expect(back.map(({ tag }) => tag)).toEqual([2, 3]);
    expect(back.map(({ message }) => unpadded(message))).toEqual([text("epoch"), text("bye")]);
  });
});

describe("[TP1 3.5] the vault, from the text", () => {
  const account = vectors.user as UserName;
  const [VK, kek] = [new Uint8Array(32).fill(21), new Uint8Array(32).fill(22)];
  test("both keys of a password", () => {
    const serverSalt = bytes(vectors.vault.salt);
    const asalt = H(16, null, "tp1 salt", account, serverSalt);
    const cost = { t: 3, m: 64 * 1024, p: 1, dkLen: 32 };
    const mk = argon2id("correct horse battery staple", asalt, cost);
    const keys = [1, 2].map((i) => hex(KDF(mk, i, "tp1_acct")));
    expect(keys).toEqual([vectors.vault.auth, vectors.vault.kek]);
    const ours = passwordKeys("correct horse battery staple", account, serverSalt, {
      passes: 3,
      memoryBytes: 64 * 1024 * 1024,
    });
    expect([hex(ours.authKey), hex(ours.kek)]).toEqual(keys);
  });
  test("wraps: commitment, then the key, bound to account, kind and version", () => {
    for (const kind of ["pw", "rk"] as const) {
      const wrap = wrapKey(VK, kek, { account, kind });
      expect(hex(wrap.slice(0, 32))).toBe(hex(H(32, kek, "tp1 kc")));
      expect(openAead(kek, lv("tp1 wrap", account, kind, u32(1)), wrap.slice(32))).toEqual(VK);
    }
  });
  test("both keys of a recovery key", () => {
    const RK = new Uint8Array(20).fill(23);
    const kR = H(32, RK, "tp1 recovery");
    const { authR, kek: kekR } = recoveryKeys(RK);
    expect([hex(authR), hex(kekR)]).toEqual([1, 2].map((i) => hex(KDF(kR, i, "tp1_acct"))));
  });
  test("items and manifest", () => {
    const id = "0123456789abcdef0123456789abcdef" as ItemId;
    const key = KDF(VK, 1, "tp1_vlt_");
    const item = sealItem(VK, { account, id, version: 258 }, text("record"));
    const opened = openAead(key, lv("tp1 item", account, id, u32(258)), item);
    expect([opened.length, unpadded(opened)]).toEqual([256, text("record")]);
    const manifest = sealManifest(VK, { account, counter: 7 }, text("list"));
    expect(unpadded(openAead(key, lv("tp1 manifest", account, u32(7)), manifest))).toEqual(text("list"));
  });
  test("the vault key in a browser, and seats", () => {
    const [sessionHalf, deviceHalf] = [new Uint8Array(32).fill(24), new Uint8Array(32).fill(25)];
    const box = deviceSeal(VK, { account, sessionHalf, deviceHalf });
    expect(openAead(H(32, sessionHalf, "tp1 dev", deviceHalf), lv("tp1 dev", account), box)).toEqual(VK);
    const [call, record] = ["a".repeat(32) as CallId, "b".repeat(32) as ItemId];
    expect(seatOf(VK, call, record) as string).toBe(hex(H(16, VK, "tp1 seat", call, record)));
  });
});
