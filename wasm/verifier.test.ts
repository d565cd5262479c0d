/** An independent reader of TP1 (§3.5): from the text alone, on another crypto library, it arrives at the same bytes.
 * It shares nothing with the code it checks but the functions under test; so it has its own lv, hex and msgpack. */
import { describe, expect, test } from "bun:test";
import { poly1305 } from "@noble/ciphers/_poly1305.js";
import { chacha20, hchacha, xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, ristretto255, ristretto255_hasher, x25519 } from "@noble/curves/ed25519.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { STREAM } from "../wire/frame.ts";
import type { CallId, InvitationId, ItemId, LogoId, Rid } from "../wire/ids.ts";
import type { NormalId, UserName } from "../wire/names.ts";
import { sealBrand, sealLogo } from "./brand.ts";
import { CodeHandshake } from "./code-client.ts";
import { deviceSeal } from "./device.ts";
import { hash } from "./hash.ts";
import { sealItem, sealManifest, sealPage } from "./item.ts";
import { knownProof } from "./known.ts";
import { Opener } from "./opener.ts";
import { newCodePair, newPair, shakeHands } from "./pair.ts";
import { passwordKeys } from "./password.ts";
import { recoveryKeys } from "./recovery.ts";
import { keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { seatOf } from "./seat.ts";
import { ready } from "./sodium.ts";
import { sealShared } from "./staff.ts";
import { reasonOf } from "./tamper.ts";
import { H, join, lv, openFrame, text, u32 } from "./testing/reader.ts";
import vectors from "./vectors.json";
import { wrapKey } from "./wrap.ts";

await ready();

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const hex = (value: Uint8Array) => Buffer.from(value).toString("hex");
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

describe("[A4] own vectors: each state is used up once, from the text", () => {
  const draw =
    (...values: Uint8Array[]) =>
    () =>
      new Uint8Array(values.shift() ?? []);
  const pair = () =>
    newPair({
      seed: new Uint8Array(idSeed),
      secret: new Uint8Array(bytes(vectors.L)),
      clientRandom: draw(eCsk, nC),
      therapistRandom: draw(eTsk, nT),
    });
  const M1 = letter(4, "K", bin(rid), bin(H(32, null, "tp1 commit", eC, nC)));
  const M2Of = (share: Uint8Array, nonce: Uint8Array) => {
    const core2 = letter(6, "H", bin(idT), bin(share), bin(nonce), NIL);
    const sig = ed25519.sign(lv("tp1 hello", M1, core2), idSeed);
    return { core2, M2: join(new Uint8Array([0x92]), bin(core2), bin(sig)) };
  };
  const { core2, M2 } = M2Of(eT, nT);
  const core3 = letter(5, "R", bin(eC), bin(nC), NIL);
  /** M3 with the header hC, proven with `secret` as the psk. */
  const M3Of = (hC: Uint8Array, secret: Uint8Array) => {
    const th = H(32, null, "tp1 th", M1, core2, core3);
    const ms = H(32, secret, "tp1 ms", x25519.getSharedSecret(eCsk, eT), th);
    const mac = H(32, KDF(ms, 3, "tp1_chan"), "tp1 macC", th, hC);
    return join(new Uint8Array([0x92]), bin(core3), new Uint8Array([0x91, 0x92]), bin(mac), bin(hC));
  };
  const { M2_second, M3, M3_guesses } = vectors.once;

  test("the published messages, to the byte", () => {
    expect(hex(M2Of(x25519.getPublicKey(new Uint8Array(32).fill(6)), new Uint8Array(32).fill(7)).M2)).toBe(
      M2_second,
    );
    expect(hex(M3Of(new Uint8Array(24).fill(1), psk))).toBe(M3);
    const guesses = [2, 3].map((n) => hex(M3Of(new Uint8Array(24).fill(1), new Uint8Array(32).fill(n))));
    expect(guesses).toEqual(M3_guesses);
  });
  test("a second M2, signed as well as the first, is dropped", () => {
    const { client } = pair();
    const m3 = client.onM2(M2);
    expect(hex(m3)).toStartWith(`92c449${hex(core3)}`);
    expect(reasonOf(() => client.onM2(bytes(M2_second)))).toBe("state");
    // alone it is taken: it is the state that refuses it, not its bytes
    expect(reasonOf(() => pair().client.onM2(bytes(M2_second)))).toBe("nothing");
  });
  test("of three M3 the first is judged, and the true one comes too late", () => {
    const { therapist } = pair();
    therapist.onM1(new Uint8Array(M1));
    const judged = [...M3_guesses, M3].map((m3) => reasonOf(() => therapist.onM3(bytes(m3))));
    expect(judged).toEqual(["mac", "state", "state"]);
    const fresh = pair().therapist;
    fresh.onM1(new Uint8Array(M1));
    expect(hex(fresh.onM3(bytes(M3)).established.pid)).toBe(vectors.link_hs.pid);
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
    // Argon2id in JavaScript: seconds on a busy machine
  }, 60_000);
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

describe("[TP1 3.5] the practice's logo, from the text", () => {
  test("the brand of the published link, with the key of its logo; then the logo", () => {
    const [rid, key] = ["3d".repeat(16) as Rid, new Uint8Array(32).fill(26)];
    const id = "4e".repeat(16) as LogoId;
    const logo = { id, key, type: "image/png", width: 300, height: 100 } as const;
    const box = sealBrand(bytes(vectors.brand), rid, { v: 1, logo, name: null, imprint: null, locale: "de" });
    const plain = openAead(bytes(vectors.brand), lv("tp1 brand", rid), box);
    const word = (name: string) => join(new Uint8Array([0xa0 | name.length]), text(name));
    const map = [
      ...[new Uint8Array([0x85]), word("v"), new Uint8Array([1]), word("logo"), new Uint8Array([0x85])],
      ...[word("id"), new Uint8Array([0xd9, 32]), text(id), word("key"), bin(key)],
      ...[word("type"), word("image/png"), word("width"), new Uint8Array([0xcd, 1, 44])],
      ...[
        word("height"),
        new Uint8Array([100]),
        word("name"),
        NIL,
        word("imprint"),
        NIL,
        word("locale"),
        word("de"),
      ],
    ];
    expect(hex(unpadded(plain))).toBe(hex(join(...map)));
    expect(plain).toHaveLength(256);
    const sealed = sealLogo(key, id, text("picture"));
    expect(openAead(key, lv("tp1 logo", id), sealed)).toEqual(text("picture"));
  });
});

describe("[TP1 3.5] what is shared with practice staff, from the text", () => {
  test("the box of one link, opened by the other library", () => {
    const [invitation, rid] = ["5f".repeat(16) as InvitationId, "3d".repeat(16) as Rid];
    const client = "6a".repeat(16) as ItemId;
    const [SK, link] = [new Uint8Array(32).fill(27), "https://praxis.example/j#1AA"];
    const box = sealShared(SK, { invitation, rid }, { v: 1, client, label: "K-1", link });
    const plain = openAead(KDF(SK, 1, "tp1_staf"), lv("tp1 staff", invitation, rid), box);
    const word = (name: string) => join(new Uint8Array([0xa0 | name.length]), text(name));
    const map = [
      ...[new Uint8Array([0x84]), word("v"), new Uint8Array([1]), word("client"), new Uint8Array([0xd9, 32])],
      ...[text(client), word("label"), word("K-1"), word("link"), word(link)],
    ];
    expect(hex(unpadded(plain))).toBe(hex(join(...map)));
    expect(plain).toHaveLength(256);
  });
});

const Point = ristretto255.Point;
const fromLittle = (value: Uint8Array) => BigInt(`0x${hex(value.toReversed())}`);
const scalarOf = (wide: Uint8Array) => fromLittle(wide) % Point.Fn.ORDER;
const times = (scalar: bigint, point: Uint8Array) => Point.fromBytes(point).multiply(scalar).toBytes();
const pointFrom = (wide: Uint8Array) =>
  ristretto255_hasher.deriveToCurve?.(wide).toBytes() ?? new Uint8Array(0);
const repeated = (value: number, size: number) => new Uint8Array(size).fill(value);

/** `lv_cat` of the CPace draft; no field here has 128 bytes or more but one, whose length takes two. */
function lvCat(...fields: (string | Uint8Array)[]): Uint8Array {
  const parts = fields.map((field) => (typeof field === "string" ? text(field) : field));
  const length = (n: number) => new Uint8Array(n < 128 ? [n] : [(n & 127) | 128, n >> 7]);
  return join(...parts.flatMap((part) => [length(part.length), part]));
}

function generator(code: string, sid: Uint8Array): Uint8Array {
  const zeros = new Uint8Array(128 - lvCat("CPaceRistretto255").length - lvCat(code).length - 1);
  const ci = lvCat(`tp1-T:${vectors.user}`, "tp1-C");
  return pointFrom(sha512(lvCat("CPaceRistretto255", code, zeros, ci, sid)));
}

describe("[TP1 3.5] the handshake by code, from the text", () => {
  const commit = H(32, null, "tp1 commit", eC, nC);
  const user = join(new Uint8Array([0x91, 0xa8]), text(vectors.user));
  const M1 = letter(4, "K", user, bin(commit));
  const sid = H(16, null, "tp1 sid", M1, nT);
  const codes = ["S0MMER12", "7KQ4M9TX"];
  const [y0, y1] = vectors.yT.map((y) => fromLittle(bytes(y))) as [bigint, bigint];
  const points = [y0, y1].map((y, i) => times(y, generator(codes[i] ?? "", sid)));
  const core2Of = (all: Uint8Array[]) =>
    letter(6, "H", bin(idT), bin(eT), bin(nT), new Uint8Array([0x90 | all.length]), ...all.map(bin));
  const M2Of = (core2: Uint8Array) => {
    const sig = ed25519.sign(lv("tp1 hello", M1, core2), idSeed);
    return join(new Uint8Array([0x92]), bin(core2), bin(sig));
  };
  const yC = fromLittle(bytes(vectors.yC));
  const Yc = times(yC, generator(codes[1] ?? "", sid));
  const core3 = letter(5, "R", bin(eC), bin(nC), bin(Yc));
  /** What both sides have for the second candidate. */
  const keysFor = (core2: Uint8Array) => {
    const Yt = points[1] ?? new Uint8Array(0);
    const start = lvCat("CPaceRistretto255_ISK", sid, times(yC, Yt));
    const isk = sha512(join(start, lvCat(Yt, core2), lvCat(Yc, join(eC, nC))));
    const th = H(32, null, "tp1 th", M1, core2, core3);
    const psk = H(32, null, "tp1 psk code", isk);
    const ms = H(32, psk, "tp1 ms", x25519.getSharedSecret(eTsk, eC), th);
    const [kCT, kTC, mC, mT] = [1, 2, 3, 4].map((i) => KDF(ms, i, "tp1_chan"));
    return { th, ms, kCT, kTC, mC, mT, pid: H(16, null, "tp1 pid", th) } as Record<string, Uint8Array>;
  };
  const draws = (...values: (string | Uint8Array)[]) => {
    const rest = values.map((value) => (typeof value === "string" ? bytes(value) : value));
    return (length: number) => {
      const out = new Uint8Array(length);
      out.set(rest.shift() ?? []);
      return out;
    };
  };
  const newClient = () =>
    new CodeHandshake(
      { user: vectors.user as UserName, code: codes[1] as NormalId, pinned: null },
      draws(eCsk, nC, vectors.yC),
    );

  test("the published M1, M2, core3, keys and pid, to the byte", () => {
    const core2 = core2Of(points);
    expect(hex(M1)).toBe(vectors.code_hs.M1);
    expect(hex(M2Of(core2))).toBe(vectors.code_hs.M2);
    expect(hex(core3)).toBe(vectors.code_hs.core3);
    for (const [name, value] of Object.entries(keysFor(core2))) {
      expect(hex(value)).toBe(vectors.code_hs[name as "th"]);
    }
  });
  test("the client proves the second candidate, believes its answer, and shows the published words", () => {
    const client = newClient();
    const core2 = core2Of(points);
    const m3 = client.onM2(M2Of(core2));
    const { th, mC, mT } = keysFor(core2) as Record<"th" | "mC" | "mT", Uint8Array>;
    const [macC, hC, hT] = [m3.slice(-58, -26), m3.slice(-24), repeated(1, 24)];
    expect(hex(macC)).toBe(hex(H(32, mC, "tp1 macC", th, hC)));
    const { pid, sas } = client.onM4(letter(4, "A", bin(H(32, mT, "tp1 macT", th, macC, hT)), bin(hT)));
    expect([hex(pid), [...sas]]).toEqual([vectors.code_hs.pid, vectors.code_hs.sas]);
    const words = H(16, null, "tp1 sas", user, commit, idT, eT, nT, eC, nC);
    const bits = BigInt(`0x${hex(words.slice(0, 5))}`);
    expect([30n, 20n, 10n, 0n].map((shift) => Number((bits >> shift) & 1023n))).toEqual([...sas]);
  });
  test("[A4] two open codes are filled up to four points: own vector, both sides", () => {
    const wide = [0x0d, 0x0f, 0x11, 0x13].map((value) => repeated(value, 64)) as Uint8Array[];
    const [g2, y2, g3, y3] = wide as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const { therapist } = newCodePair({
      seed: new Uint8Array(idSeed),
      codes: vectors.codes,
      therapistRandom: draws(eTsk, nT, ...vectors.yT, g2, y2, g3, y3),
    });
    const blind = [times(scalarOf(y2), pointFrom(g2)), times(scalarOf(y3), pointFrom(g3))];
    const core2 = core2Of([...points, ...blind]);
    expect(hex(therapist.onM1(M1))).toBe(hex(M2Of(core2)));
    const { m4, established, ref } = therapist.onM3(newClient().onM2(M2Of(core2)));
    expect([ref, m4.length]).toEqual(["7KQ4M9TX", 64]);
    const { core2: published, th, pid, sas } = vectors.code_padded;
    expect([hex(core2), hex(established.th), hex(established.pid)]).toEqual([published, th, pid]);
    expect([...established.sas]).toEqual(sas);
    expect(hex(keysFor(core2).th ?? core2)).toBe(th);
  });
});

describe("[TP1 3.5] what else is said in the channel, from the text", () => {
  test("the proof of a known device", () => {
    const [ds, th] = [repeated(6, 32), repeated(7, 32)];
    expect(hex(knownProof(new Uint8Array(ds), new Uint8Array(th)))).toBe(hex(H(32, ds, "tp1 known", th)));
  });
  test("the hash of a file", () => {
    expect(hex(hash(32, null, "tp1 file", text("bytes")))).toBe(hex(H(32, null, "tp1 file", text("bytes"))));
  });
  test("what a page keeps over its reload", () => {
    const VK = repeated(21, 32);
    const kept = sealPage(VK, "praxis-1" as UserName, text("list"));
    const opened = openAead(KDF(VK, 1, "tp1_vlt_"), lv("tp1 page", "praxis-1"), kept);
    expect(unpadded(opened)).toEqual(text("list"));
  });
});

describe("[TP1 3.5] frames, from the text", () => {
  const [E, csid, pid] = [repeated(31, 32), repeated(32, 16), repeated(33, 16)];
  const host = { slot: 0, pid: repeated(34, 16), name: "" };
  const epoch = () => ({ csid, rv: 258, secret: E, roster: [host, { slot: 3, pid, name: "" }] });
  const sk = H(32, E, "tp1 sender", csid, u32(258), pid);
  test("the published frames open with E and the pid alone", () => {
    const { frame } = vectors;
    const key = H(32, bytes(frame.E), "tp1 sender", bytes(frame.csid), u32(frame.rv), bytes(frame.pid));
    expect(hex(key)).toBe(frame.sk);
    for (const { out, pt } of frame.frames) {
      expect(hex(openFrame(key, bytes(frame.pid), bytes(out)))).toBe(pt);
    }
  });
  test("what the sealer sealed opens there, and without E it does not", () => {
    const sealer = new Sealer({ pid, slot: 3 });
    sealer.use(keysOfEpoch(epoch(), pid));
    sealer.seal(STREAM.screen, text("first"));
    const out = sealer.seal(STREAM.screen, text("second"), { key: true, temporal: 2, spatial: 1 });
    const header = out.slice(0, 8);
    expect(hex(header)).toBe("6834024800000001");
    expect(openFrame(sk, pid, out)).toEqual(text("second"));
    expect(() => openFrame(H(32, repeated(0, 32), "tp1 sender", csid, u32(258), pid), pid, out)).toThrow();
  });
  test("what is sealed there, our opener opens; one bit of the header changed, it does not", () => {
    const opener = new Opener();
    opener.install(keysOfEpoch(epoch(), host.pid), 0);
    const header = bytes("5832020000000005");
    const sealed = xchacha20poly1305(sk, join(header, pid), header).encrypt(text("from there"));
    const relabelled = bytes("5032020000000005");
    expect(opener.open(join(relabelled, sealed), 0)).toBe("seal");
    // under the key of another person, of another rv, of another host page, and with a nonce of another person
    const strange = [
      H(32, E, "tp1 sender", csid, u32(258), repeated(35, 16)),
      H(32, E, "tp1 sender", csid, u32(2), pid),
      H(32, E, "tp1 sender", repeated(36, 16), u32(258), pid),
      H(32, E, "tp1 sender", u32(258), pid),
    ].map((key) => xchacha20poly1305(key, join(header, pid), header).encrypt(text("strange")));
    const nonces = [join(header, repeated(35, 16)), new Uint8Array(24)];
    const others = nonces.map((nonce) => xchacha20poly1305(sk, nonce, header).encrypt(text("strange")));
    for (const bad of [...strange, ...others]) expect(opener.open(join(header, bad), 0)).toBe("seal");
    expect(opener.open(join(header, sealed), 0)).toMatchObject({ plain: text("from there") });
  });
});
