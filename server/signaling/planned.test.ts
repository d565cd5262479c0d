/** Before its room is open, a link's client is told when it will be; whoever knows only a user name is not. */
import { describe, expect, test } from "bun:test";
import type { UserName } from "../../wire/names.ts";
import { KEPT_MS } from "../../wire/planned.ts";
import { World } from "./testing/world.ts";

const MINUTE = 60_000;

function closedWorld() {
  const world = new World();
  const { practice, session } = world.practice();
  const rid = world.link(practice);
  const at = world.wall + 10 * MINUTE;
  return { world, practice, session, rid, at };
}

describe("planned start at the door", () => {
  test("an early client is told it with its door, another client of the practice is not", () => {
    const { world, practice, rid, at } = closedWorld();
    world.starts.set(rid, at);
    expect(world.client(rid).last("door")).toEqual({ t: "door", state: "closed", host: null, planned: at });
    expect(world.client(world.link(practice)).last("door").planned).toBeNull();
  });

  test("a change is told at once: planned, moved, deleted; what stays the same is not told again", () => {
    const { world, practice, rid, at } = closedWorld();
    const client = world.client(rid).clear();
    world.plan(practice, rid, at);
    world.plan(practice, rid, at);
    world.plan(practice, rid, at + MINUTE);
    world.plan(practice, rid, null);
    expect(client.all("door").map(({ planned }) => planned)).toEqual([at, at + MINUTE, null]);
  });

  test("an open door tells none; closed again, it tells the next", () => {
    const { world, practice, rid, at } = closedWorld();
    world.starts.set(rid, at);
    const client = world.client(rid);
    const room = world.open(practice, [rid]);
    expect(client.last("door")).toMatchObject({ state: "open", planned: null });
    world.close(practice, room);
    expect(client.last("door")).toMatchObject({ state: "closed", planned: at });
  });

  test("after a lost line it is told anew, as it is by then", () => {
    const { world, practice, rid, at } = closedWorld();
    world.starts.set(rid, at);
    const client = world.client(rid);
    client.drop();
    world.plan(practice, rid, at + MINUTE);
    expect(world.resume(client.token).last("door").planned).toBe(at + MINUTE);
  });

  test("by user name nothing is told: the server does not know whose code it will be", () => {
    const { world, practice, rid, at } = closedWorld();
    world.users.set("anna" as UserName, practice);
    world.starts.set(rid, at);
    expect(world.byCode("anna" as UserName).last("door").planned).toBeNull();
  });

  test("two hours after it began it is over, without anybody saying so", () => {
    const { world, rid, at } = closedWorld();
    world.starts.set(rid, at);
    const client = world.client(rid);
    world.pass(10 * MINUTE + KEPT_MS - 1000);
    expect(client.all("door").length).toBe(1);
    world.pass(1000);
    expect(client.last("door").planned).toBeNull();
    expect(client.all("door").length).toBe(2);
  });

  test("while the directory does not answer, the old time stays and it is asked on", () => {
    const { world, rid, at } = closedWorld();
    world.starts.set(rid, at);
    const client = world.client(rid);
    world.answers = false;
    world.pass(10 * MINUTE + KEPT_MS + 5000);
    expect(client.all("door").length).toBe(1);
    world.answerAll();
    expect(client.last("door").planned).toBeNull();
  });
});
