/** The waiting room and "Vier Wörter", on the real signaling core: what a client holds before admission, the answers with one
 * tap, who is asked for again, and what follows from comparing (TP1 §2.5, A5). */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { READMIT_MS } from "./admitted.ts";
import { FakeConnection } from "./fake-connection.testing.ts";
import {
  begin,
  clock,
  devices,
  end,
  memory,
  openClient,
  openDesk,
  openRoom,
  other,
  running,
  settle,
  vaultKnows,
} from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

type OpenDesk = ReturnType<typeof openDesk>;
const visitors = ({ desk }: OpenDesk) => desk.state.get().visitors;

/** The therapist lets everybody in who asks. */
async function admits(desk: OpenDesk): Promise<void> {
  for (const { at, peer } of visitors(desk)) if (at === "asks") desk.desk.admit(peer);
  await settle();
}

test("[TP1 2.5] before it is let in, a client has learned of no server for ICE and looks for no address", async () => {
  const { desk, client } = await running(true);
  expect(client.at()).toBe("waiting");
  expect(client.heard).not.toContain("seated");
  expect(FakeConnection.described).toBe(0);
  expect(client.call.state.get().conversation).toBe(null);
  await admits(desk);
  expect(client.at()).toBe("in");
  expect(client.heard).toContain("seated");
  expect(FakeConnection.described).toBeGreaterThan(0);
});

test("an answer with one tap reaches who waits, shows which it was, and is gone once let in", async () => {
  const { desk, client } = await running(true);
  const peer = visitors(desk)[0]?.peer;
  if (peer) desk.desk.answer(peer, "soon");
  await settle();
  expect(client.call.state.get().note).toBe("soon");
  expect(visitors(desk)[0]?.note).toBe("soon");
  if (peer) desk.desk.answer(peer, "moment");
  await settle();
  expect(client.call.state.get().note).toBe("moment");
  await admits(desk);
  expect(client.call.state.get().note).toBe(null);
  expect(visitors(desk)[0]?.note).toBe(null);
});

test("somebody of another room can be answered while this call runs, and nobody else hears of it", async () => {
  const { desk, client } = await running();
  await openRoom(other.rid);
  const second = openClient(memory(), other);
  await settle();
  second.join();
  await settle();
  const waits = visitors(desk).find(({ at }) => at === "waits");
  if (waits) desk.desk.answer(waits.peer, "nextTime");
  await settle();
  expect([client.call.state.get().note, second.call.state.get().note]).toEqual([null, "nextTime"]);
});

/** One by one, let in, and the page goes. */
async function admittedOnce() {
  const started = await running(true);
  await admits(started.desk);
  return started;
}

async function comesAgain(store: ReturnType<typeof memory>) {
  const again = openClient(store);
  await settle();
  again.join();
  await settle();
  return again;
}

test("[A5] one by one: who reloads is not asked for again", async () => {
  const { desk, store, client } = await admittedOnce();
  client.call.leave();
  await settle();
  const again = await comesAgain(store);
  expect(again.at()).toBe("in");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
});

test("[A5] … nor when it is the therapist who reloads, an hour into the call", async () => {
  const { desk, room, client } = await admittedOnce();
  for (let minute = 0; minute < 60; minute++) clock.pass(60_000);
  desk.gone();
  await settle();
  const reloaded = openDesk(true);
  await settle();
  reloaded.enter(room);
  await settle();
  expect(client.at()).toBe("in");
  expect(reloaded.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
});

test("[A5] … but on another device, or after ten minutes, it is", async () => {
  const { store, client } = await admittedOnce();
  client.call.leave();
  await settle();
  const elsewhere = await comesAgain(memory());
  expect(elsewhere.at()).toBe("waiting");
  elsewhere.call.leave();
  clock.pass(READMIT_MS + 1);
  expect((await comesAgain(store)).at()).toBe("waiting");
});

test("[A5] a page whose vault was behind lets them in once it has caught up", async () => {
  const { desk, room } = await admittedOnce();
  const caughtUp = devices;
  vaultKnows([]);
  desk.gone();
  await settle();
  const second = openDesk(true);
  await settle();
  second.enter(room);
  await settle();
  expect(second.seen()).toEqual([{ name: "K-1", at: "asks", known: false }]);
  vaultKnows(caughtUp);
  second.desk.reconsider();
  await settle();
  expect(second.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
});

test("one by one: after the therapist has hung up, a tap is needed again", async () => {
  const { desk, room, store } = await admittedOnce();
  desk.desk.hangUp();
  await settle();
  desk.enter(room);
  await settle();
  expect((await comesAgain(store)).at()).toBe("waiting");
});

test("[TP1 2.5] both sides show the same four words of the same list, others after every handshake", async () => {
  const { desk, store, client } = await running();
  const [here, there] = [visitors(desk)[0]?.comparison, client.call.state.get().comparison];
  expect(here).toMatchObject({ list: "de", device: "new", mine: null, theirs: null });
  expect(there).toEqual(here ?? null);
  client.gone();
  const again = await comesAgain(store);
  const next = again.call.state.get().comparison;
  expect(next?.device).toBe("known");
  expect(next?.sas).not.toEqual(here?.sas);
});

test("[TP1 2.5] the words were the same: the device gets a fresh secret, and counts as compared from then on", async () => {
  const { desk, store, client } = await running();
  const [given] = devices;
  desk.desk.compare(visitors(desk)[0]?.peer ?? ("" as never), true);
  await settle();
  expect(visitors(desk)[0]?.comparison?.mine).toBe(true);
  expect(client.call.state.get().comparison?.theirs).toBe(true);
  expect(devices).toHaveLength(1);
  expect(devices[0]?.compared).toBe(true);
  expect(devices[0]?.secret).not.toEqual(given?.secret);
  client.gone();
  await comesAgain(store);
  expect(visitors(desk).find(({ at }) => at === "in")?.comparison?.device).toBe("compared");
});

test("[TP1 2.5] the words differ: both learn it, the device and the call count for nothing at the next knock", async () => {
  const { desk, store, client } = await admittedOnce();
  desk.desk.compare(visitors(desk)[0]?.peer ?? ("" as never), false);
  await settle();
  expect(client.call.state.get().comparison?.theirs).toBe(false);
  expect(devices).toEqual([]);
  client.call.leave();
  await settle();
  const again = await comesAgain(store);
  expect(again.at()).toBe("waiting");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "asks", known: false }]);
});

test("the client's 'no' warns the therapist, its 'yes' changes nothing", async () => {
  const { desk, client } = await running();
  client.call.compare(true);
  await settle();
  expect(visitors(desk)[0]?.comparison).toMatchObject({ mine: null, theirs: true });
  expect(devices[0]?.compared).toBe(false);
  client.call.compare(false);
  await settle();
  expect(visitors(desk)[0]?.comparison?.theirs).toBe(false);
  expect(devices).toEqual([]);
});

test("[A5] a client who is refused is asked for again, on its old device too", async () => {
  const { desk, store, client } = await admittedOnce();
  client.call.leave();
  await settle();
  const stranger = await comesAgain(memory());
  const [asks] = visitors(desk);
  if (asks) desk.desk.refuse(asks.peer);
  await settle();
  expect(stranger.at()).toBe("refused");
  expect((await comesAgain(store)).at()).toBe("waiting");
});

test("whoever is inside gets no answer meant for the door", async () => {
  const { desk, client } = await running();
  const [inside] = visitors(desk);
  if (inside) desk.desk.answer(inside.peer, "soon");
  await settle();
  expect(client.call.state.get().note).toBe(null);
  expect(visitors(desk)[0]?.note).toBe(null);
});

test("[TP1 2.5] nobody is let in before it has said which device it is", async () => {
  const { desk, store, client } = await running();
  client.call.leave();
  await settle();
  // as impatient as a desk can be: decides between the handshake and `join`
  desk.desk.state.watch(({ visitors: all }) => {
    if (all.some(({ comparison }) => comparison === null)) desk.desk.reconsider();
  });
  await comesAgain(store);
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  expect(devices).toHaveLength(1);
});
