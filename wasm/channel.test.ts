/** The sealed channel against a server that drops, repeats, reorders, reflects and changes (TP1 §2.4, §3.3). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { utf8 } from "../wire/bytes.ts";
import { RELAY_MAX_BYTES } from "../wire/signal.ts";
import {
  Channel,
  type ChannelTag,
  PAYLOAD_MAX_BYTES,
  SEALED_MAX_BYTES,
  startReceiving,
  startSending,
} from "./channel.ts";
import { newPair, shakeHands } from "./pair.ts";
import { ready, sodium } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

const KEY = new Uint8Array(32).fill(5);

function ends(): { client: Channel; therapist: Channel } {
  const { atClient, atTherapist } = shakeHands(newPair());
  return { client: atClient.channel, therapist: atTherapist.channel };
}

/** Expects that `bad` kills `channel` for good, both ways. */
function kills(channel: Channel, bad: Uint8Array): void {
  expect(reasonOf(() => channel.open(bad))).toBe("channel");
  expect(channel.alive).toBe(false);
  expect(reasonOf(() => channel.open(bad))).toBe("dead");
  expect(reasonOf(() => channel.seal(utf8("hello")))).toBe("dead");
}

describe("[TP1 2.4] the channel", () => {
  test("opens what was sealed, in order, with its tags, across rekeys", () => {
    const message = fc.record({
      payload: fc.uint8Array({ maxLength: 300 }),
      tag: fc.constantFrom<ChannelTag>("message", "rekey"),
    });
    const property = fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
      const { client, therapist } = ends();
      for (const { payload, tag } of messages) {
        expect(therapist.open(client.seal(payload, tag))).toEqual({
          payload: Uint8Array.from(payload),
          tag,
        });
        expect(client.open(therapist.seal(payload)).payload).toEqual(Uint8Array.from(payload));
      }
    });
    fc.assert(property, { numRuns: 50 });
  });
  test("hides lengths in steps of 64 bytes", () => {
    const { client } = ends();
    const sizes = [0, 1, 63, 64, 127, 128].map((length) => client.seal(new Uint8Array(length)).length - 17);
    expect(sizes).toEqual([64, 64, 64, 128, 128, 192]);
  });
  test("takes the largest payload and not one byte more, and lives on", () => {
    const { client, therapist } = ends();
    const sealed = client.seal(new Uint8Array(PAYLOAD_MAX_BYTES));
    expect(sealed.length).toBeLessThanOrEqual(SEALED_MAX_BYTES);
    expect(SEALED_MAX_BYTES + 1).toBe(RELAY_MAX_BYTES);
    expect(sealed.length + 64).toBeGreaterThan(SEALED_MAX_BYTES);
    expect(therapist.open(sealed).payload.length).toBe(PAYLOAD_MAX_BYTES);
    expect(reasonOf(() => client.seal(new Uint8Array(PAYLOAD_MAX_BYTES + 1)))).toBe("size");
    expect(therapist.open(client.seal(utf8("on"))).payload).toEqual(utf8("on"));
  });
  test("ends with a goodbye that the other side can tell from a cut", () => {
    const { client, therapist } = ends();
    expect(therapist.heardFinal).toBe(false);
    expect(therapist.open(client.seal(utf8("bye"), "final")).tag).toBe("final");
    expect(therapist.heardFinal).toBe(true);
    expect(reasonOf(() => client.seal(utf8("one more")))).toBe("dead");
    expect(client.open(therapist.seal(utf8("bye"), "final")).tag).toBe("final");
  });
  test("takes nothing after the goodbye", () => {
    const { client, therapist } = ends();
    const bye = client.seal(utf8("bye"), "final");
    therapist.open(bye);
    kills(therapist, bye);
  });
  test("closes twice without harm; its keys are overwritten and their memory is used again", () => {
    const [send, receive] = [startSending(KEY), startSending(KEY)];
    const channel = new Channel(send.state, receive.state);
    channel.close();
    channel.close();
    expect([channel.alive, reasonOf(() => channel.seal(utf8("x")))]).toEqual([false, "dead"]);
    // Key 32 B, nonce 12 B; the allocator keeps its own list in the first and last bytes of what is free.
    for (const { state } of [send, receive]) {
      expect([...sodium.libsodium.HEAPU8.slice(state + 16, state + 44)]).toEqual(Array(28).fill(0));
    }
    const next = [startSending(KEY).state, startSending(KEY).state];
    expect(next.sort()).toEqual([send.state, receive.state].sort());
  });
});

describe("[TP1 3.3] any failure ends the channel", () => {
  test("a dropped message", () => {
    const { client, therapist } = ends();
    client.seal(utf8("lost"));
    kills(therapist, client.seal(utf8("next")));
  });
  test("two messages in the wrong order", () => {
    const { client, therapist } = ends();
    client.seal(utf8("first"));
    kills(therapist, client.seal(utf8("second")));
  });
  test("a repeated message", () => {
    const { client, therapist } = ends();
    const sealed = client.seal(utf8("once"));
    therapist.open(sealed);
    kills(therapist, sealed);
  });
  test("a message sent back to its sender: each direction has its own key", () => {
    const { client } = ends();
    kills(client, client.seal(utf8("mirror")));
  });
  test("a message of another channel", () => {
    kills(ends().therapist, ends().client.seal(utf8("stranger")));
  });
  test("any flipped bit", () => {
    const property = fc.property(fc.nat(81 * 8 - 1), (bit) => {
      const { client, therapist } = ends();
      const sealed = client.seal(utf8("whole"));
      kills(therapist, flipped(sealed, bit));
    });
    fc.assert(property, { numRuns: 100 });
  });
  test("any cut, any addition, any size", () => {
    const lengths = [0, 1, 16, 17, 80, 82, SEALED_MAX_BYTES, SEALED_MAX_BYTES + 1];
    for (const length of lengths) {
      const { client, therapist } = ends();
      const sealed = client.seal(utf8("whole"));
      const other = new Uint8Array(length);
      other.set(sealed.subarray(0, Math.min(length, sealed.length)));
      kills(therapist, other);
    }
  });
});

/** A channel whose far end we play with libsodium itself, to send what `Channel` never sends. */
function rogue() {
  const far = startSending(KEY);
  const channel = new Channel(startSending(KEY).state, startReceiving(far.header, KEY));
  const push = (padded: Uint8Array, tag: number) =>
    sodium.crypto_secretstream_xchacha20poly1305_push(far.state, padded, null, tag);
  return { channel, push };
}

describe("[TP1 2.4] the holder of the key gets no further with bad contents", () => {
  test("a tag outside the three", () => {
    const { channel, push } = rogue();
    expect(channel.open(push(sodium.pad(utf8("ok"), 64), 0)).tag).toBe("message");
    kills(channel, push(sodium.pad(utf8("push"), 64), 1));
  });
  test("a payload without padding, and an empty one", () => {
    for (const bare of [new Uint8Array(64), new Uint8Array(0)]) {
      const { channel, push } = rogue();
      kills(channel, push(bare, 0));
    }
  });
  test("a message after its own goodbye", () => {
    const { channel, push } = rogue();
    channel.open(push(sodium.pad(utf8("bye"), 64), 3));
    kills(channel, push(sodium.pad(utf8("one more"), 64), 0));
  });
  test("a message larger than any of ours", () => {
    const { channel, push } = rogue();
    const sealed = push(sodium.pad(new Uint8Array(PAYLOAD_MAX_BYTES + 1), 64), 0);
    expect(sealed.length).toBeGreaterThan(SEALED_MAX_BYTES);
    kills(channel, sealed);
  });
});
