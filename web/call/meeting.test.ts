/** Desk and client against the real signaling core, in one process: who meets whom, by itself or by a tap, and what is left
 * after reloads. Only the WebRTC connection is a stand-in here; the journeys use the real one. */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { CLOSE } from "../../wire/close.ts";
import type { Chat } from "./chat.ts";
import {
  begin,
  clock,
  closesRoom,
  end,
  memory,
  mine,
  openClient,
  openDesk,
  openRoom,
  other,
  plans,
  running,
  settle,
} from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

test("a client who is early waits, and is in the call by itself when the therapist has opened the room and is there", async () => {
  const desk = openDesk();
  const client = openClient();
  await settle();
  expect(client.call.state.get().door).toBe("closed");
  client.join();
  await settle();
  expect(client.at()).toBe("door");
  const room = await openRoom(mine.rid);
  expect(client.at()).toBe("waiting");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "waits", known: false }]);
  desk.enter(room);
  await settle();
  expect(client.at()).toBe("in");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: false }]);
  expect(client.call.state.get().conversation?.line).toEqual({ at: "open", route: "direct" });
  expect(desk.desk.state.get().visitors[0]?.conversation?.line.at).toBe("open");
  expect(desk.desk.state.get().visitors[0]?.label).toBe("Maxi");
});

test("a client who is early learns of the planned time, before the press and after it, until the room is open", async () => {
  const desk = openDesk();
  const client = openClient();
  const stranger = openClient(undefined, other);
  await plans(5_000_000);
  const planned = () => client.call.state.get().planned;
  expect(planned()).toBe(5_000_000);
  client.join();
  await plans(6_000_000);
  expect(planned()).toBe(6_000_000);
  expect(stranger.call.state.get().planned).toBeNull();
  desk.enter(await openRoom(mine.rid));
  await settle();
  expect(client.at()).toBe("in");
  expect(planned()).toBeNull();
});

test("nothing is sent before the press: the desk sees nobody", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  desk.enter(room);
  openClient();
  await settle();
  expect(desk.seen()).toEqual([]);
});

test("[R4] a client of another room waits while this one is in its call", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  await openRoom(other.rid);
  desk.enter(room);
  const client = openClient(memory(), other);
  await settle();
  client.join();
  await settle();
  expect(client.at()).toBe("waiting");
  expect(desk.seen()).toEqual([{ name: "K-2", at: "waits", known: false }]);
});

test("a second tab on the same device takes the seat over at once, the first one says so", async () => {
  const { desk, store, client } = await running();
  const tab = openClient(store);
  await settle();
  tab.join();
  await settle();
  expect([client.at(), tab.at()]).toEqual(["moved", "in"]);
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
});

test("an unknown device at a taken seat waits for a tap", async () => {
  const { desk, client } = await running();
  const stranger = openClient();
  await settle();
  stranger.join();
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["in", "waiting"]);
  const asks = desk.desk.state.get().visitors.find((visitor) => visitor.at === "asks");
  expect(asks?.known).toBe(false);
  if (asks) desk.desk.admit(asks.peer);
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["moved", "in"]);
});

test("not let in: the visitor is told, the call goes on", async () => {
  const { desk, client } = await running();
  const stranger = openClient();
  await settle();
  stranger.join();
  await settle();
  const asks = desk.desk.state.get().visitors.find((visitor) => visitor.at === "asks");
  if (asks) desk.desk.refuse(asks.peer);
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["in", "refused"]);
});

test("one by one: always a tap", async () => {
  const { desk, client } = await running(true);
  expect(client.at()).toBe("waiting");
  const [asks] = desk.desk.state.get().visitors;
  expect(asks?.at).toBe("asks");
  if (asks) desk.desk.admit(asks.peer);
  await settle();
  expect(client.at()).toBe("in");
});

test("hanging up ends the call for all and leaves the room open", async () => {
  const { desk, client } = await running();
  desk.desk.hangUp();
  await settle();
  expect(client.at()).toBe("ended");
  expect(desk.desk.state.get().rooms).toHaveLength(1);
  expect(desk.desk.state.get().rooms[0]?.call).toBe(null);
});

test("a client that hangs up only leaves: the desk sees nobody, and it can come again", async () => {
  const { desk, store, client } = await running();
  client.call.leave();
  await settle();
  expect(client.at()).toBe("left");
  expect(client.closed()).toBe(CLOSE.done.code);
  expect(desk.seen()).toEqual([]);
  const again = openClient(store);
  await settle();
  again.join();
  await settle();
  expect(again.at()).toBe("in");
});

test("the room is closed by '×': the client learns that, not that somebody hung up", async () => {
  const { room, client } = await running();
  await closesRoom(room);
  expect(client.at()).toBe("closed");
});

test("[A5] therapist reloads: the client knocks by itself and is in again, on a known device", async () => {
  const { desk, room, client } = await running();
  desk.gone();
  await settle();
  const reloaded = openDesk();
  await settle();
  reloaded.enter(room);
  await settle();
  expect(client.at()).toBe("in");
  expect(reloaded.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  expect(client.call.state.get().conversation?.line.at).toBe("open");
});

test("the client reloads: its new page takes the old one's place", async () => {
  const { desk, store, client } = await running();
  client.gone();
  const reloaded = openClient(store);
  await settle();
  reloaded.join();
  await settle();
  expect(reloaded.at()).toBe("in");
  expect(desk.seen().filter((visitor) => visitor.at === "in")).toHaveLength(1);
});

test("[TP1 2.4] who does not hold the link secret is never shown, and no call comes about", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  desk.enter(room);
  const forger = openClient(memory(), { ...mine, psk: other.psk });
  await settle();
  forger.join();
  await settle();
  expect(forger.at()).toBe("proving");
  expect(desk.seen()).toEqual([]);
});

test("a second page of the practice does not disturb the call, until it is brought there", async () => {
  const { desk, room, client } = await running();
  const second = openDesk();
  await settle();
  expect(second.desk.state.get()).toMatchObject({ lease: "elsewhere", holderInCall: true });
  second.desk.bringHere();
  second.enter(room);
  await settle();
  expect(desk.desk.state.get().lease).toBe("elsewhere");
  expect(second.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  expect(client.at()).toBe("in");
});

/** Until the epoch of a newcomer is through. */
async function epoch(): Promise<void> {
  clock.pass(250);
  await settle();
}
const heard = (chat: Chat) =>
  chat.state.get().entries.flatMap((each) => (each.kind === "text" ? each.text : []));

test("[TP1 2.6, 2.9] whoever is let in gets the keys and talks both ways; nothing is left after hanging up", async () => {
  const { desk, client } = await running();
  expect(desk.desk.chat.state.get().open).toBe(false);
  await epoch();
  expect([desk.desk.chat.state.get().open, client.call.chat.state.get().open]).toEqual([true, true]);
  desk.desk.chat.say("Guten Tag");
  client.call.chat.say("Servus");
  for (const chat of [desk.desk.chat, client.call.chat]) expect(heard(chat)).toEqual(["Guten Tag", "Servus"]);
  desk.desk.hangUp();
  await settle();
  for (const chat of [desk.desk.chat, client.call.chat]) expect(heard(chat)).toEqual([]);
});

test("[TP1 2.6] a second tab takes the chat over, the first one hears nothing any more", async () => {
  const { desk, store, client } = await running();
  await epoch();
  const tab = openClient(store);
  await settle();
  tab.join();
  await settle();
  desk.desk.chat.say("nur für die neue Seite");
  await epoch();
  expect(heard(tab.call.chat)).toEqual(["nur für die neue Seite"]);
  expect(heard(client.call.chat)).toEqual([]);
});

test("[TP1 2.6] who waits has no keys", async () => {
  const { client } = await running(true);
  await epoch();
  client.call.chat.say("hallo?");
  expect(client.call.chat.state.get().open).toBe(false);
});

test("[A5] therapist reloads: the client's chat goes on with the new page", async () => {
  const { desk, room, client } = await running();
  await epoch();
  client.call.chat.say("vorher");
  desk.gone();
  await settle();
  const reloaded = openDesk();
  await settle();
  reloaded.enter(room);
  await settle();
  await epoch();
  client.call.chat.say("nachher");
  expect(heard(reloaded.desk.chat)).toEqual(["nachher"]);
});
