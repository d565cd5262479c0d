/** Every decoder of the server that takes bytes of a stranger, each with what must hold whatever comes. For the fuzz tests and the long run. */
import { isIP } from "node:net";
import { type Bytes, concat } from "../../../wire/bytes.ts";
import { FRAME_MAX_BYTES, readHeader, writeHeader } from "../../../wire/frame.ts";
import { Cutter, inDatagrams, ofDatagram, onStream } from "../../../wire/hop.ts";
import { newId, type PeerId, type Rid } from "../../../wire/ids.ts";
import { junk, oneOf, type Roll, randomJunk } from "../../../wire/junk.testing.ts";
import { decodeControl, encodeControl, toRelay } from "../../../wire/relay.ts";
import { decodeSignal, encodeSignal, foreignVersion, toServer } from "../../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../../wire/version.ts";
import { isPublic } from "../../hooks/public.ts";
import { targetIn } from "../../hooks/target.ts";
import { networkOf } from "../../http/address.ts";
import { createTokens } from "../../signaling/token.ts";
import { answerTo, readRequest } from "../../transport/stun-message.ts";

/** One input. True where it was taken for something; throws where what must hold does not. */
export type Feed = (roll: Roll) => boolean | Promise<boolean>;
/** `close` frees what the decoder stood on. */
export type Stranger = { feed: Feed; close?: () => Promise<void> };

/** Throws with `what` where it is not so. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const id = "0f".repeat(16) as never;
const v = SIGNAL_VERSION;
const bytes = (size: number) => new Uint8Array(size).fill(7);

export const SIGNALS: readonly Bytes[] = [
  { t: "hello", v, rid: id },
  { t: "hello", v: v + 1, rid: id },
  { t: "helloCode", v, user: "praxis.am-park" },
  { t: "host", v },
  { t: "resume", v, token: bytes(90) },
  { t: "claim", force: true },
  { t: "enter", room: id },
  { t: "relay", to: id, n: 3, ack: 2, data: bytes(50) },
  { t: "ack", to: id, ack: 1 },
  { t: "anew", to: id },
  { t: "seat", peer: id, seat: id, slot: 3 },
  { t: "unseat", peer: id },
  { t: "end", room: id },
  { t: "media" },
  { t: "leave" },
  { t: "beat" },
].map((message) => encodeSignal(message as never));

const flags = { key: true, discardable: false, rv: 7, temporal: 1, spatial: 1 };
/** Frames and control messages as a page sends them. */
export const ITEMS: readonly Bytes[] = [
  concat(writeHeader({ kind: "audio", slot: 1, stream: 0, ctr: 5, ...flags }), bytes(72)),
  concat(writeHeader({ kind: "video", slot: 1, stream: 2, ctr: 2 ** 31 - 1, ...flags }), bytes(300)),
  concat(writeHeader({ kind: "data", slot: 1, stream: 15, ctr: 9, ...flags }), bytes(60)),
  encodeControl({ t: "view", wants: [{ slot: 2, screen: 0, height: 360, rank: 0 }] }),
  encodeControl({
    t: "ack",
    at: 7,
    late: 9,
    heard: [{ slot: 3, stream: 1, ctr: 70_000, age: 12, frames: 9, bytes: 4_096 }],
  }),
];

function signals(): Stranger {
  return {
    feed: (roll) => {
      const message = decodeSignal(toServer, junk(roll, SIGNALS));
      if (message === undefined) return false;
      const again = decodeSignal(toServer, encodeSignal(message));
      must(Bun.deepEquals(again, message, true), "a message that is not written as it was read");
      must(({} as { polluted?: unknown }).polluted === undefined, "a prototype that was changed");
      return true;
    },
  };
}

function versions(): Stranger {
  return {
    feed: (roll) => {
      const found = foreignVersion(junk(roll, SIGNALS));
      must(
        found === undefined || (typeof found === "number" && found !== v),
        "a version that is ours or none",
      );
      return found !== undefined;
    },
  };
}

function controls(): Stranger {
  return {
    feed: (roll) => {
      const message = decodeControl(toRelay, junk(roll, ITEMS.slice(3)));
      if (message === undefined) return false;
      const again = decodeControl(toRelay, encodeControl(message));
      must(Bun.deepEquals(again, message, true), "a message that is not written as it was read");
      return true;
    },
  };
}

function headers(): Stranger {
  return {
    feed: (roll) => {
      const bad = junk(roll, ITEMS);
      const header = readHeader(bad);
      if (header === null) return false;
      must(same(writeHeader(header), bad.slice(0, 8)), "a header that is not written as it was read");
      return true;
    },
  };
}

function datagrams(): Stranger {
  const good = inDatagrams(ITEMS.slice(0, 3)).datagrams;
  return {
    feed: (roll) => {
      const bad = junk(roll, good);
      const items = ofDatagram(bad);
      if (items === undefined || items.length === 0) return false;
      const whole = items.flatMap((item) => [new Uint8Array([item.length >> 8, item.length]), item]);
      must(same(concat(...whole), bad), "items that are not what came");
      return true;
    },
  };
}

function streams(): Stranger {
  const good = ITEMS.map(onStream);
  return {
    feed: (roll) => {
      const cutter = new Cutter();
      const all = concat(oneOf(roll, good), junk(roll, good));
      const taken: Uint8Array[] = [];
      for (let at = 0; at < all.length; ) {
        const end = Math.min(all.length, at + 1 + roll(oneOf(roll, [3, 40, 2000])));
        const items = cutter.push(all.slice(at, end));
        if (items === undefined) break;
        taken.push(...items);
        at = end;
      }
      const whole = concat(...taken.map(onStream));
      must(same(whole, all.slice(0, whole.length)), "items that are not what came");
      must(
        taken.every(({ length }) => length > 0 && length <= FRAME_MAX_BYTES),
        "an item of a wrong length",
      );
      must(cutter.held <= all.length - whole.length, "more held than came");
      return taken.length > 0;
    },
  };
}

/** A Binding request with attributes that nobody knows. */
function strangeRequest(roll: Roll, head: Uint8Array): Bytes {
  const one = () => new Uint8Array([roll(128), roll(256), 0, 0]);
  const body = concat(...Array.from({ length: roll(130) }, one));
  return concat(head.slice(0, 2), new Uint8Array([body.length >> 8, body.length & 255]), head.slice(4), body);
}

function stun(): Stranger {
  const plain = Buffer.from("000100002112a4420102030405060708090a0b0c", "hex");
  const withName = Buffer.from("000100082112a4420102030405060708090a0b0c8022000461626364", "hex");
  const unknown = Buffer.from("000100082112a4420102030405060708090a0b0c7fff000461626364", "hex");
  const good = [plain, withName, unknown].map((one) => new Uint8Array(one) as Bytes);
  return {
    feed: (roll) => {
      const kinds = [() => oneOf(roll, good), () => strangeRequest(roll, plain), () => junk(roll, good, 700)];
      const bad = oneOf(roll, kinds)();
      const request = readRequest(bad);
      const answer =
        request && answerTo(request, oneOf(roll, ["192.0.2.1", "2001:db8::1", "nonsense"]), roll(65_536));
      if (answer === undefined) return false;
      must(answer.length <= 2.2 * bad.length, "an answer that is worth being forged for");
      return true;
    },
  };
}

function tokens(): Stranger {
  const ours = createTokens(bytes(32));
  const way = { by: "link", rid: newId<Rid>() } as const;
  const good = [ours.make({ t: "client", v: 1, peer: newId<PeerId>(), way, seat: null, issued: 5 })];
  return {
    feed: (roll) => {
      const one = roll(20) === 0 ? oneOf(roll, good) : junk(roll, good, 300);
      const claims = ours.read(one);
      if (claims === undefined) return false;
      must(
        good.some((token) => same(token, one)),
        "a token that we never made",
      );
      return true;
    },
  };
}

const PARTS = [
  "https://",
  "http://",
  "praxis",
  "10.0.0.1",
  "[::1]",
  "0x7f.1",
  "2130706433",
  "localhost",
  ".",
  "@",
  ":",
  "443",
  "%00",
  "#",
  "?",
  "/",
  "\\",
  "١",
  "\u3002",
  "xn--",
  "::ffff:127.0.0.1",
  "169.254.169.254",
  " ",
  "\t",
];

function addresses(): Stranger {
  return {
    feed: (roll) => {
      const text = `${roll(3) > 0 ? "https://" : ""}${Array.from({ length: 1 + roll(6) }, () => oneOf(roll, PARTS)).join("")}`;
      networkOf(text);
      const target = targetIn(text, []);
      if (target === null) return false;
      const isOuter = isIP(target.host) === 0 ? /[\w-]\.[\w-]/.test(target.host) : isPublic(target.host);
      must(target.url.protocol === "https:" && isOuter, `a target inside: ${text}`);
      return true;
    },
  };
}

/** By name; each is made anew for a run. */
export const DECODERS: Readonly<Record<string, () => Stranger>> = {
  "signaling message": signals,
  "first message of another version": versions,
  "relay control message": controls,
  "frame header": headers,
  "QUIC datagram": datagrams,
  "QUIC stream": streams,
  "STUN datagram": stun,
  "resume token": tokens,
  "webhook address": addresses,
};

/** Random bytes as text of a header. */
export function headerText(roll: Roll, good: readonly string[]): string {
  const text = oneOf(roll, good);
  const junked = Buffer.from(randomJunk(roll, roll(30)))
    .toString("latin1")
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
  const at = roll(text.length + 1);
  return oneOf(roll, [
    text,
    text.slice(0, at),
    `${text.slice(0, at)}${junked}`,
    junked,
    text.repeat(1 + roll(3)),
  ]).trim();
}
