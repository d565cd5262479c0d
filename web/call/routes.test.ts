import { expect, test } from "bun:test";
import { newId, type PeerId } from "../../wire/ids.ts";
import type { ToServer } from "../../wire/signal.ts";
import { ROUTES_MAX, Routes } from "./routes.ts";
import { HandClock } from "./testing/hand-clock.ts";

function routes() {
  const posted: ToServer[] = [];
  const got: [PeerId, number][] = [];
  const all = new Routes({
    clock: new HandClock(),
    post: (message) => posted.push(message),
    deliver: (peer, data) => got.push([peer, data[0] ?? -1]),
    broke: () => undefined,
  });
  return { all, posted, got };
}

const [ann, bob] = [newId<PeerId>(), newId<PeerId>()];
const token = new Uint8Array([1]);
const relay = (from: PeerId, n: number) =>
  ({ t: "relay", from, n, ack: 0, data: new Uint8Array([n]) }) as const;

test("each peer has a route of its own", () => {
  const { all, got } = routes();
  all.take(relay(ann, 1));
  all.take(relay(bob, 1));
  all.take(relay(ann, 2));
  expect(got).toEqual([
    [ann, 1],
    [bob, 1],
    [ann, 2],
  ]);
});

test("`back` of a peer resends to it alone; a resume of ours to all", () => {
  const { all, posted } = routes();
  for (const peer of [ann, bob]) all.to(peer)?.send(new Uint8Array([1]));
  posted.length = 0;
  all.take({ t: "peer", peer: ann, state: "away" });
  all.take({ t: "peer", peer: ann, state: "back" });
  expect(posted).toMatchObject([{ t: "relay", to: ann, n: 1 }]);
  posted.length = 0;
  all.take({ t: "welcome", peer: bob, token, resumed: true });
  expect(posted.map((message) => "to" in message && message.to)).toEqual([ann, bob]);
});

test("a peer that is gone, and our being somebody new, start counting from 1", () => {
  for (const end of [
    { t: "peer", peer: ann, state: "gone" },
    { t: "welcome", peer: bob, token, resumed: false },
  ] as const) {
    const { all, posted, got } = routes();
    all.take(relay(ann, 1));
    all.to(ann)?.send(token);
    all.take(end);
    all.take(relay(ann, 1));
    all.to(ann)?.send(token);
    expect(got).toHaveLength(2);
    expect(posted.filter(({ t }) => t === "relay")).toMatchObject([{ n: 1 }, { n: 1 }]);
  }
});

test("the 65th peer is not heard, the 64th is", () => {
  const { all, got } = routes();
  for (let i = 0; i < ROUTES_MAX; i++) all.take(relay(newId<PeerId>(), 1));
  all.take(relay(ann, 1));
  expect(got).toHaveLength(ROUTES_MAX);
  expect(all.to(ann)).toBeUndefined();
});
