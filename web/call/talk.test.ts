/** What an open channel makes of messages (TP1 §2.4): which tag seals them, what is ignored, and that it ends. */
import { expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import type { ChannelTag } from "../../wasm/channel.ts";
import { newPair, shakeHands } from "../../wasm/pair.ts";
import { ready } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { encodeSealed, type ToClient, type ToTherapist, toClient } from "../../wire/sealed.ts";
import { openEnvelope } from "./envelope.ts";
import { Talk } from "./talk.ts";

await ready();

function talking() {
  const { atClient, atTherapist } = shakeHands(newPair());
  const sent: Bytes[] = [];
  const got: ToClient[] = [];
  const onMessage = (message: ToClient) => void got.push(message);
  const send = (data: Bytes) => void sent.push(data);
  const client = new Talk<ToClient, ToTherapist>({ established: atClient, shape: toClient, send, onMessage });
  return { client, channel: atTherapist.channel, sent, got };
}

const bytes = (size: number) => new Uint8Array(size).fill(7);
const epoch: ToClient = { t: "epoch", csid: bytes(16), rv: 7, secret: bytes(32), roster: [] };

test("[TP1 2.4] an epoch ratchets the channel, a goodbye ends it, the rest does neither", () => {
  const { atClient, atTherapist } = shakeHands(newPair());
  const tags: ChannelTag[] = [];
  const host = new Talk<ToTherapist, ToClient>({
    established: atTherapist,
    shape: () => undefined,
    send: (data) => void tags.push(atClient.channel.open(openEnvelope(data)?.body ?? bytes(0)).tag),
    onMessage: () => undefined,
  });
  host.send({ t: "wait" });
  host.send(epoch);
  host.send({ t: "bye", reason: "ended" }, true);
  expect(tags).toEqual(["message", "rekey", "final"]);
});

test("[TP1 2.4] an unknown kind, a known one with a field too many, and no msgpack at all are ignored and counted", () => {
  const { client, channel, got } = talking();
  const strange = [
    encode({ t: "later", x: 1 }),
    encode({ t: "wait", more: 1 }),
    bytes(9),
    encodeSealed(epoch),
  ];
  for (const payload of strange) expect(client.receive(channel.seal(payload))).toBe(true);
  expect(client.ignored).toBe(3);
  expect(got).toEqual([epoch]);
});

test("[TP1 2.4] what does not open ends it: nothing is heard or said any more", () => {
  const { client, channel, sent, got } = talking();
  expect(client.receive(encodeSealed({ t: "wait" }))).toBe(false);
  expect(client.receive(channel.seal(encodeSealed({ t: "wait" })))).toBe(false);
  client.send({ t: "leave" });
  expect([sent, got]).toEqual([[], []]);
});
