/** Chat and files between two ends: over a stand-in for the channel, with the real keys where keys matter. */
import { beforeEach, expect, test } from "bun:test";
import fc from "fast-check";
import { EpochMember } from "../../wasm/epoch-member.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import {
  DATA_FRAME_MAX_BYTES,
  DATA_PLAIN_MAX_BYTES,
  decodeData,
  encodeData,
  FILE_MAX_BYTES,
  PIECE_BYTES,
  TEXT_MAX,
} from "../../wire/data.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient } from "../../wire/sealed.ts";
import { Chat, type ChatFile, type ChatText, ENTRIES_MAX } from "./chat.ts";
import { safeName } from "./chat-files.ts";
import { PENDING_MAX, RESEND_MS, RESENDS_MAX } from "./chat-outbox.ts";
import { BUFFER_MAX_BYTES } from "./data-line.ts";
import { FakeChannel } from "./fake-connection.testing.ts";
import { HostKeys } from "./host-keys.ts";
import { MemberKeys } from "./member-keys.ts";
import { HandClock } from "./testing/hand-clock.ts";

await ready();
const PEER = "0".repeat(32) as PeerId;

let clock: HandClock;
let [host, client] = [new Chat(new HandClock()), new Chat(new HandClock())];
let [here, there] = [new FakeChannel(), new FakeChannel()];
let group: HostKeys;
/** The client hears the host (A3). */
let mayClientSend = true;

/** A new handshake: new keys of the client, the same host. `acks`: the client says so. */
function admit(acks = true): MemberKeys {
  const pid = randomBytes(16);
  const keys = new MemberKeys({
    clock,
    member: new EpochMember(),
    place: { pid, slot: 1 },
    maySend: () => mayClientSend,
    onKeys: () => undefined,
  });
  const send = (message: ToClient) => {
    if (message.t !== "epoch" || !keys.accept(message)) return;
    client.line.use(keys);
    if (acks) group.acked(PEER, message.rv);
  };
  group.join({ peer: PEER, slot: 1, pid, name: "", send });
  clock.pass(250);
  return keys;
}

function connect(): void {
  [here, there] = [new FakeChannel(), new FakeChannel()];
  host.attach(here);
  client.attach(there);
  here.meet(there);
}

beforeEach(() => {
  clock = new HandClock();
  mayClientSend = true;
  [host, client] = [new Chat(clock), new Chat(clock)];
  group = new HostKeys({ clock, onChange: () => host.line.refresh(), onKeys: () => undefined });
  host.line.use(group);
});

const texts = (chat: Chat) =>
  chat.state.get().entries.map((entry) => (entry.kind === "text" ? entry.text : entry.name));
const files = (chat: Chat) =>
  chat.state.get().entries.filter((entry): entry is ChatFile => entry.kind === "file");
const file = (bytes: Uint8Array<ArrayBuffer>, name = "a.pdf") => new File([bytes], name);

test("[TP1 2.9] texts go both ways, padded to whole blocks and never in clear", () => {
  connect();
  admit();
  expect(host.say("  Guten Tag  ")).toBe(true);
  expect(client.say("Servus\nda")).toBe(true);
  expect(texts(client)).toEqual(["Guten Tag", "Servus\nda"]);
  expect(texts(host)).toEqual(texts(client));
  const [frame] = here.sent;
  expect(((frame?.length ?? 0) - 24) % 128).toBe(0);
  expect(Buffer.from(frame ?? []).includes("Guten Tag")).toBe(false);
});

test("[TP1 2.6] without keys, and before the client has said to hold them, nothing goes out", () => {
  connect();
  host.say("eins");
  expect(here.sent).toEqual([]);
  admit(false);
  host.say("zwei");
  expect(here.sent).toEqual([]);
  group.acked(PEER, 9_999);
  expect(host.state.get().open).toBe(false);
  admit();
  expect(texts(client)).toEqual(["eins", "zwei"]);
});

test("[A3] a client that is not in touch with the host seals nothing", () => {
  connect();
  const keys = admit();
  expect(keys.isReady()).toBe(true);
  mayClientSend = false;
  expect([keys.isReady(), keys.seal(new Uint8Array(128))]).toEqual([false, null]);
});

test("[TP1 2.6] every ten minutes a fresh epoch, and the talk goes on over it", () => {
  connect();
  admit();
  host.say("vorher");
  clock.pass(600_000);
  host.say("nachher");
  client.say("auch");
  expect(texts(client)).toEqual(["vorher", "nachher", "auch"]);
  expect(texts(host)).toEqual(texts(client));
});

test("[AT2] who has left opens nothing of what is said to the next one", () => {
  connect();
  const before = admit();
  admit();
  host.say("nur für die Neue");
  const frame = here.sent.at(-1);
  expect(texts(client)).toEqual(["nur für die Neue"]);
  expect(before.open(frame ?? new Uint8Array())).toBe(null);
});

test("a new handshake on a new connection: the talk goes on, what waited arrives", () => {
  connect();
  admit();
  host.say("eins");
  host.detach();
  host.say("zwei");
  connect();
  admit();
  client.say("drei");
  expect(texts(client)).toEqual(["eins", "zwei", "drei"]);
  expect(texts(host)).toEqual(["eins", "zwei", "drei"]);
});

test("[TP1 2.7] too large, changed, repeated and foreign frames are dropped and counted", () => {
  connect();
  admit();
  host.say("eins");
  const [frame = new Uint8Array()] = here.sent;
  const raw = (data: unknown) => there.dispatchEvent(new MessageEvent("message", { data }));
  const flipped = frame.slice();
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  raw(frame.slice().buffer);
  raw(flipped.buffer);
  raw(new ArrayBuffer(DATA_FRAME_MAX_BYTES + 1));
  raw("text");
  expect(client.line.dropped).toBe(4);
  host.say("zwei");
  expect(texts(client)).toEqual(["eins", "zwei"]);
});

test("a frame that is too large is not even opened; the next one is", () => {
  connect();
  admit();
  host.say("eins");
  here.send(group.seal(new Uint8Array(DATA_FRAME_MAX_BYTES)) ?? new Uint8Array());
  expect(client.line.dropped).toBe(1);
  host.say("danach");
  expect(texts(client)).toEqual(["eins", "danach"]);
});

const stateOf = (chat: Chat, at = 0) => (chat.state.get().entries[at] as ChatText | undefined)?.state;
/** The other end of the channel hears nothing of what is sent meanwhile. */
function unheard(from: FakeChannel, act: () => void): void {
  const send = from.send;
  from.send = () => undefined;
  act();
  from.send = send;
}

test("[G4] a text has a receipt; one that was lost on the way is said again, and shown once", () => {
  connect();
  admit();
  host.say("eins");
  expect(stateOf(host)).toBe("arrived");
  unheard(here, () => host.say("zwei"));
  expect([stateOf(host, 1), texts(client)]).toEqual(["waiting", ["eins"]]);
  client.say("drei");
  expect(texts(host)).toEqual(["eins", "zwei", "drei"]);
  clock.pass(RESEND_MS);
  expect([stateOf(host, 1), texts(client)]).toEqual(["arrived", ["eins", "drei", "zwei"]]);
  unheard(there, () => host.say("vier"));
  expect(stateOf(host, 3)).toBe("waiting");
  clock.pass(RESEND_MS);
  expect([stateOf(host, 3), texts(client).filter((text) => text === "vier")]).toEqual(["arrived", ["vier"]]);
});

test("[G4] a text without a receipt is said again at once over a new line, and after a while shown as lost", () => {
  connect();
  admit();
  unheard(here, () => host.say("eins"));
  connect();
  expect([stateOf(host), texts(client)]).toEqual(["arrived", ["eins"]]);
  const quiet = here;
  quiet.send = () => undefined;
  host.say("zwei");
  for (let i = 0; i <= RESENDS_MAX; i++) clock.pass(RESEND_MS);
  expect(stateOf(host, 1)).toBe("lost");
});

test("limits of a text: empty, too long, too many that wait, too many that are shown", () => {
  expect(host.say(" \n ")).toBe(false);
  expect(host.say("x".repeat(TEXT_MAX + 1))).toBe(false);
  for (let i = 0; i < PENDING_MAX; i++) expect(host.say("x".repeat(TEXT_MAX))).toBe(true);
  expect(host.say("x")).toBe(false);
  connect();
  admit();
  for (let i = 0; i < ENTRIES_MAX; i++) host.say(`${i}`);
  expect(client.state.get().entries).toHaveLength(ENTRIES_MAX);
  expect(texts(client)[0]).toBe("0");
});

test("unread counts what came while nobody looked", () => {
  connect();
  admit();
  host.say("eins");
  host.say("zwei");
  expect([client.state.get().unread, host.state.get().unread]).toEqual([2, 0]);
  client.look(true);
  host.say("drei");
  expect(client.state.get().unread).toBe(0);
});

test("[TP1 2.9] a file arrives byte for byte, and the sender learns it", async () => {
  connect();
  admit();
  const bytes = randomBytes(3 * PIECE_BYTES + 17);
  expect(await host.give(file(bytes, "../../Befund.pdf"))).toBe("sending");
  const [got] = files(client);
  expect(got).toMatchObject({ name: "Befund.pdf", size: bytes.length, done: bytes.length, state: "whole" });
  expect(new Uint8Array((await got?.blob?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
  expect(got?.blob?.type).toBe("application/octet-stream");
  expect(files(host)[0]?.state).toBe("whole");
  expect(Math.max(...here.sent.map(({ length }) => length))).toBeLessThanOrEqual(DATA_FRAME_MAX_BYTES);
});

test("an empty file is a file", async () => {
  connect();
  admit();
  await client.give(file(new Uint8Array()));
  expect(files(host)[0]?.state).toBe("whole");
});

test("20 MB and not one byte more, one at a time", async () => {
  const large = { name: "a", size: FILE_MAX_BYTES + 1 } as File;
  expect(await host.give(large)).toBe("large");
  expect(await host.give(file(randomBytes(10)))).toBe("sending");
  expect(await host.give(file(randomBytes(10)))).toBe("busy");
});

test("the buffer is bounded; progress follows it; either side may stop", async () => {
  connect();
  admit();
  Object.defineProperty(here, "bufferedAmount", {
    get: () => here.sent.reduce((sum, { length }) => sum + length, 0),
  });
  await host.give(file(randomBytes(20 * PIECE_BYTES)));
  expect(here.bufferedAmount).toBeLessThanOrEqual(BUFFER_MAX_BYTES + 128);
  const [mine] = files(host);
  expect(mine?.done).toBe(files(client)[0]?.done ?? -1);
  expect(mine?.state).toBe("running");
  client.stop(mine?.id ?? "");
  expect([files(host)[0]?.state, files(client)[0]?.state]).toEqual(["stopped", "stopped"]);
});

/** The client gets these, as a host that lies would send them. */
function lies(...messages: Parameters<Chat["line"]["send"]>[0][]): void {
  for (const message of messages) expect(host.line.send(message)).toBe(true);
}
const id = new Uint8Array(8).fill(7);

test("[TP1 2.9] a missing end of it, a wrong hash, too many bytes: nothing is kept", () => {
  connect();
  admit();
  const begin = { t: "file", name: "a", size: 4, hash: randomBytes(32) } as const;
  const of = (n: number) => new Uint8Array(8).fill(n);
  lies({ ...begin, id: of(1) }, { t: "piece", id: of(1), bytes: randomBytes(3) }, { t: "end", id: of(1) });
  lies({ ...begin, id: of(2) }, { t: "piece", id: of(2), bytes: randomBytes(4) }, { t: "end", id: of(2) });
  lies({ ...begin, id: of(3) }, { t: "piece", id: of(3), bytes: randomBytes(5) });
  lies({ ...begin, id: of(4) });
  connect();
  expect(files(client).map(({ state, blob }) => [state, blob])).toEqual(Array(4).fill(["broken", null]));
});

test("a second file at once is refused; an id that is in use, pieces and ends of nothing change nothing", () => {
  connect();
  admit();
  const begin = { t: "file", name: "a", size: 4, hash: randomBytes(32) } as const;
  lies({ ...begin, id }, { ...begin, id: new Uint8Array(8) }, { ...begin, id });
  lies({ t: "piece", id: new Uint8Array(8), bytes: randomBytes(4) }, { t: "end", id: new Uint8Array(8) });
  lies({ t: "got", id, whole: true });
  expect(files(client)).toMatchObject([{ state: "running", done: 0 }]);
});

test("after the call nothing is left", async () => {
  connect();
  admit();
  host.say("geheim");
  await host.give(file(randomBytes(10)));
  client.clear();
  expect(client.state.get()).toEqual({ open: false, entries: [], unread: 0 });
  host.say("danach");
  expect(client.state.get().entries).toEqual([]);
});

test("names: no folder, nothing that turns the writing around or hides the ending, never empty", () => {
  expect(safeName("C:\\x\\Befund.pdf")).toBe("Befund.pdf");
  expect(safeName("a\u202Efdp.exe")).toBe("afdp.exe");
  expect(safeName("..\u0000")).toBe("datei");
  expect(safeName(`${"x".repeat(400)}.pdf`)).toEndWith("x.pdf");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
      const safe = safeName(name);
      return safe.length > 0 && safe.length <= 255 && !/[/\\\p{Cc}]/u.test(safe);
    }),
    { seed: 15, numRuns: 200 },
  );
});

test("[fuzz] the decoder takes any bytes, throws never, and gives back only what fits", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const message = decodeData(bytes);
      return message === undefined || typeof message.t === "string";
    }),
    { seed: 15, numRuns: 500 },
  );
  const whole = encodeData({ t: "file", id, name: "a", size: 4, hash: new Uint8Array(32) });
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
      const changed = whole.slice();
      changed[at] = value;
      decodeData(changed);
    }),
    { seed: 15, numRuns: 500 },
  );
  expect(decodeData(encodeData({ t: "text", id, text: "x".repeat(TEXT_MAX + 1) }))).toBe(undefined);
  expect(decodeData(encodeData({ t: "piece", id, bytes: new Uint8Array(PIECE_BYTES + 1) }))).toBe(undefined);
  expect(
    decodeData(encodeData({ t: "file", id, name: "a", size: FILE_MAX_BYTES + 1, hash: new Uint8Array(32) })),
  ).toBe(undefined);
  expect(decodeData(new Uint8Array(DATA_PLAIN_MAX_BYTES + 1))).toBe(undefined);
});

test("[bad input] 10,000 characters are refused whole, not cut", () => {
  connect();
  admit();
  expect(host.say("x".repeat(10_000))).toBe(false);
  expect([texts(host), texts(client)]).toEqual([[], []]);
  expect(host.say("x".repeat(TEXT_MAX))).toBe(true);
  expect(texts(client)[0]).toHaveLength(TEXT_MAX);
});

test("[bad input] an empty file arrives, a byte too many does not go, a second one waits its turn", async () => {
  connect();
  admit();
  expect(await host.give(file(new Uint8Array(0), "leer.txt"))).toBe("sending");
  expect(files(client)).toMatchObject([{ name: "leer.txt", size: 0, state: "whole" }]);
  expect(await host.give(file(new Uint8Array(FILE_MAX_BYTES + 1)))).toBe("large");
  here.bufferedAmount = BUFFER_MAX_BYTES * 2;
  const two = [
    host.give(file(new Uint8Array(900_000), "a.pdf")),
    host.give(file(new Uint8Array(9), "b.pdf")),
  ];
  expect(await Promise.all(two)).toEqual(["sending", "busy"]);
});

test("[bad input] whoever is to get a file leaves in the middle of it: it is said, and the next one goes", async () => {
  connect();
  admit();
  here.bufferedAmount = BUFFER_MAX_BYTES * 2;
  expect(await host.give(file(new Uint8Array(3_000_000), "a.pdf"))).toBe("sending");
  group.leave(PEER);
  clock.pass(1_000);
  host.line.refresh();
  expect(files(host)[0]?.state).not.toBe("running");
  here.bufferedAmount = 0;
  admit();
  expect(await host.give(file(new Uint8Array(9), "b.pdf"))).toBe("sending");
});
