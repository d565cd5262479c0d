/** An account that the operator has locked or deleted: everybody goes, and a client hears nothing that accuses anybody. */
import { expect, test } from "bun:test";
import type { Rid } from "../../wire/ids.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { callWorld } from "./testing/world.ts";

test("locked with a call on: the call ends for billing, the room closes, each hears its own word", () => {
  const { world, practice, host, client, rid } = callWorld();
  const waiting = world.client(world.link(practice));
  world.event({ t: "account-locked", practice });
  expect(world.presence.at(-1)).toMatchObject({ t: "ended", reason: "closed" });
  expect([host.closed, client.closed, waiting.closed]).toEqual(["session", "paused", "paused"]);
  expect(client.last("over")).toEqual({ t: "over", reason: "closed" });
  const conn = world.connect();
  world.answers = false;
  conn.send({ t: "hello", v: SIGNAL_VERSION, rid: rid as Rid });
  const nobody = { practice: null, session: null, rooms: [], starts: new Map() } as const;
  world.event({ t: "found", conn: conn.conn, locked: true, ...nobody });
  expect(conn.closed).toBe("paused");
});

test("deleted: a client's link leads nowhere", () => {
  const { world, practice, host, client } = callWorld();
  world.event({ t: "account-deleted", practice });
  expect([host.closed, client.closed]).toEqual(["session", "link"]);
});
