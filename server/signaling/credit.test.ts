import { expect, test } from "bun:test";
import { callWorld, smallWorld } from "./testing/world.ts";

test("[TF5] a call that could not be paid does not begin, and the page is told why", () => {
  const { world, session, room, practice } = smallWorld();
  world.startable = false;
  world.event({ t: "rooms", practice, rooms: [], starts: new Map() });
  const host = world.host(session).send({ t: "enter", room });
  expect(host.last("over")).toEqual({ t: "over", reason: "credit" });
  expect(host.last("rooms").rooms).toMatchObject([{ call: null, startable: false }]);
  expect(world.presence).toEqual([]);
});

test("[TF5] what was credited meanwhile is looked up before anybody is refused", () => {
  const { world, session, room } = smallWorld();
  world.startable = false;
  const host = world.host(session);
  expect(host.last("rooms").rooms[0]?.startable).toBe(false);
  world.startable = true;
  host.send({ t: "enter", room });
  expect(host.all("over")).toEqual([]);
  expect(host.last("lease")).toMatchObject({ inCall: true });
});

test("[TF5] a running call is never cut and can be entered again, whatever the balance says", () => {
  const { world, session, room, practice, host, client } = callWorld();
  world.startable = false;
  world.event({
    t: "rooms",
    practice,
    rooms: host.last("rooms").rooms.map((one) => ({ ...one, startable: false })),
    starts: new Map(),
  });
  expect(client.all("over")).toEqual([]);
  host.drop();
  const again = world.host(session).send({ t: "claim", force: true }).send({ t: "enter", room });
  expect(again.all("over")).toEqual([]);
  expect(again.last("lease")).toMatchObject({ state: "here", inCall: true });
});

test("[BM7] coming back after the end opens a new call, which is then refused", () => {
  const { world, room, practice, host } = callWorld();
  host.send({ t: "end", room });
  world.startable = false;
  const rooms = host.last("rooms").rooms.map((one) => ({ ...one, startable: false }));
  world.event({ t: "rooms", practice, rooms, starts: new Map() });
  host.send({ t: "enter", room });
  expect(host.last("over")).toEqual({ t: "over", reason: "credit" });
});
