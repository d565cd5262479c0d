/** Everything of the call that takes in foreign bytes, under seeded junk (issue "TP1 whole", bad input): from the server, from a
 * stranger at the door, and from the person at the other end of an honest channel. Nothing throws, nothing grows without a limit,
 * and what is good still works afterwards. A failure prints its seed; `FUZZ_SEED=…` repeats it. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { sodium } from "../../wasm/sodium.ts";
import { type Bytes, concat, utf8 } from "../../wire/bytes.ts";
import { DATA_BLOCK_BYTES, type DataMessage, decodeData, encodeData } from "../../wire/data.ts";
import type { PeerId } from "../../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk, oneOf, type Roll, randomJunk } from "../../wire/junk.testing.ts";
import { decodeSignal, encodeSignal, type ToBrowser, toBrowser } from "../../wire/signal.ts";
import { Chat, ENTRIES_MAX } from "./chat.ts";
import type { DataKeys } from "./data-line.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { FakeChannel } from "./fake-connection.testing.ts";
import { fingerprintOf, SdpRefused, withConstantOpus, withQuickPicture } from "./sdp.ts";
import { HandClock } from "./testing/hand-clock.ts";
import { begin, end, openClient, openDesk, running, settle } from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

const KINDS = ["knock", "handshake", "channel", "restart", "wrong"] as const;
const id = (n: number) => new Uint8Array(8).fill(n);

describe("[bad input] envelopes and SDP", () => {
  test.each(FUZZ_SEEDS)("an envelope is one of five, or none (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const good = KINDS.map((kind) => wrapEnvelope(kind, randomJunk(roll, 60)));
    for (let step = fuzzSteps(600); step > 0; step--) {
      const bytes = junk(roll, good);
      const got = openEnvelope(bytes);
      expect(got === undefined).toBe(bytes[0] === undefined || bytes[0] > 4);
      if (got) expect(wrapEnvelope(got.kind, got.body)).toEqual(bytes);
    }
  });
  test.each(FUZZ_SEEDS)("of an SDP comes one whole fingerprint or a refusal (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const print = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0")).join(":");
    const lines = [
      `a=fingerprint:sha-256 ${print}`,
      `a=fingerprint:SHA-256 ${print.replace("1f", "1e")}`,
      `a=fingerprint:sha-1 ${print}`,
      "a=rtpmap:111 opus/48000/2",
      "a=fmtp:111 usedtx=1;cbr=0",
      "a=rtpmap:96 VP8/90000",
      "a=rtpmap:(96 VP8/90000",
      "m=audio 9 UDP/TLS/RTP/SAVPF 111",
    ];
    for (let step = fuzzSteps(600); step > 0; step--) {
      const whole = Array.from({ length: roll(8) }, () => oneOf(roll, lines)).join(
        oneOf(roll, ["\r\n", "\n"]),
      );
      const sdp = roll(3) === 0 ? new TextDecoder().decode(junk(roll, [utf8(`${whole} `)])) : `${whole}\r\n`;
      const changed = withQuickPicture(withConstantOpus(sdp));
      if (/^a=fmtp:111 /m.test(sdp) && /^a=rtpmap:111 opus\/48000\/2\r?$/m.test(sdp))
        expect(changed).toContain("cbr=1;usedtx=0");
      try {
        expect(fingerprintOf(sdp)).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      } catch (error) {
        expect(error).toBeInstanceOf(SdpRefused);
      }
    }
  });
});

describe("[bad input] the other end of chat", () => {
  /** Keys that trust everything: what the honest holder of a key may send. */
  const open: DataKeys = {
    seal: (plain) => plain.slice(),
    open: (frame) => ({ plain: frame.slice(), slot: 1 }),
    others: () => [1],
    isReady: () => true,
  };
  const message = (roll: Roll): DataMessage =>
    oneOf<DataMessage>(roll, [
      { t: "text", id: id(roll(3)), text: "x".repeat(roll(50)) },
      {
        t: "file",
        id: id(roll(3)),
        name: oneOf(roll, ["../../x.exe", "\u202egpj.exe", "", "a".repeat(255)]),
        size: roll(400),
        hash: new Uint8Array(32),
      },
      { t: "piece", id: id(roll(3)), bytes: randomJunk(roll, 1 + roll(200)) },
      { t: "end", id: id(roll(3)) },
      { t: "stop", id: id(roll(3)) },
      { t: "got", id: id(roll(3)), whole: true },
    ]);
  test.each(FUZZ_SEEDS)(
    "messages in any order, and junk between: bounded, and a good one gets through (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      const chat = new Chat(new HandClock());
      const [here, there] = [new FakeChannel(), new FakeChannel()];
      chat.line.use(open);
      chat.attach(here);
      here.meet(there);
      const good = Array.from({ length: 30 }, () => encodeData(message(roll)));
      for (let step = fuzzSteps(1_200); step > 0; step--) {
        const plain = roll(3) === 0 ? junk(roll, good) : encodeData(message(roll));
        there.send(roll(9) === 0 ? plain : sodium.pad(plain, DATA_BLOCK_BYTES));
      }
      const { entries } = chat.state.get();
      expect(entries.length).toBeLessThanOrEqual(ENTRIES_MAX);
      expect(chat.line.dropped).toBeGreaterThan(0);
      for (const entry of entries) {
        if (entry.kind !== "file") continue;
        // no hash of zeros fits anything: whatever was sent, no file is whole
        expect([entry.state === "whole", entry.blob]).toEqual([false, null]);
        expect(entry.name).not.toMatch(/[/\\\u202e]/);
      }
      there.send(sodium.pad(encodeData({ t: "text", id: id(9), text: "noch da" }), DATA_BLOCK_BYTES));
      expect(chat.state.get().entries.at(-1)).toMatchObject({ text: "noch da", from: 1 });
      // what went back are messages of ours, and not more than came
      expect(here.sent.length).toBeLessThanOrEqual(fuzzSteps(1_200));
      for (const sent of here.sent) expect(decodeData(sodium.unpad(sent, DATA_BLOCK_BYTES))).toBeDefined();
    },
  );
});

describe("[bad input] the server and strangers", () => {
  const host = "1".repeat(32) as PeerId;
  const messages = (roll: Roll, peer: PeerId): ToBrowser[] => [
    { t: "relay", from: peer, n: 1 + roll(9), ack: roll(9), data: envelope(roll) },
    { t: "relay", from: oneOf(roll, [peer, host]), n: roll(3), ack: roll(300), data: envelope(roll) },
    { t: "ack", from: peer, ack: roll(300) },
    { t: "peer", peer: oneOf(roll, [peer, host]), state: oneOf(roll, ["away", "back"] as const) },
    { t: "token", token: randomJunk(roll, 40) },
    { t: "beat" },
    { t: "draining", seconds: roll(20_000) },
    { t: "stopping" },
  ];
  function envelope(roll: Roll): Bytes {
    return concat(new Uint8Array([roll(6)]), junk(roll, [randomJunk(roll, 60)], 300));
  }
  test.each(FUZZ_SEEDS)(
    "a client in a call takes junk from the server and stays in it (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      return (async () => {
        const { desk, client } = await running();
        expect(client.at()).toBe("in");
        for (let step = fuzzSteps(60); step > 0; step--) {
          const strange = oneOf(roll, messages(roll, host));
          const read = decodeSignal(toBrowser, encodeSignal(strange));
          if (read) client.call.receive(read);
          if (read) desk.desk.receive(read);
        }
        await settle();
        expect(client.call.state.get().conversation?.line.at).toBe("open");
        expect(desk.seen()).toMatchObject([{ name: "K-1", at: "in" }]);
      })();
    },
  );
  test.each(FUZZ_SEEDS)(
    "a stranger at the door who sends junk is not shown, and the next honest one comes in (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      return (async () => {
        const { desk, client } = await running();
        const stranger = "2".repeat(32) as PeerId;
        for (let step = fuzzSteps(150); step > 0; step--) {
          desk.desk.receive({ t: "relay", from: stranger, n: step, ack: 0, data: envelope(roll) });
        }
        client.call.leave();
        await settle();
        expect(desk.seen()).toEqual([]);
        const next = openClient();
        await settle();
        next.join();
        await settle();
        expect(next.at()).toBe("in");
        expect(openDesk().seen()).toEqual([]);
      })();
    },
  );
});
