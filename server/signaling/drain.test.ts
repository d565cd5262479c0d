/** On the way out of the server: everybody is told, a running call goes on, none begins before the next server is there. */
import { expect, test } from "bun:test";
import { callWorld, smallWorld } from "./testing/world.ts";

test("everybody who is here is told how long at most, and whoever comes later what is left of it", () => {
  const { world, host, client, session } = callWorld();
  world.event({ t: "drain", seconds: 600 });
  for (const page of [host, client]) expect(page.last("draining")).toEqual({ t: "draining", seconds: 600 });
  world.pass(60_000);
  expect(world.host(session).last("draining").seconds).toBe(540);
});

test("a running call goes on: its pages leave and come back, its clients are seated anew", () => {
  const { world, host, client, room } = callWorld();
  world.event({ t: "drain", seconds: 600 });
  host.send({ t: "enter", room: null }).clear().send({ t: "enter", room });
  expect(host.last("lease")).toMatchObject({ state: "here", inCall: true });
  const token = client.token;
  client.drop();
  expect(world.resume(token).last("seated").seat).toBeTruthy();
});

test("a room without a call takes none: its page is refused nothing and nobody is there, and after the restart it begins by itself", () => {
  const { world, session, room, rid } = smallWorld();
  const host = world.host(session);
  const client = world.client(rid);
  world.event({ t: "drain", seconds: 600 });
  const [mine, theirs] = [host.token, client.token];
  host.clear().send({ t: "enter", room });
  expect(host.all("over")).toEqual([]);
  expect(host.last("lease")).toMatchObject({ inCall: false });
  expect(world.presence).toEqual([]);
  world.restart();
  const back = world.resume(mine, session).send({ t: "enter", room });
  expect(back.last("rooms").rooms[0]?.call).not.toBeNull();
  const again = world.resume(theirs);
  expect(again.last("door")).toMatchObject({ state: "open", host: back.peer });
  expect([...back.all("draining"), ...again.all("draining")]).toEqual([]);
});
