import { describe, expect, test } from "bun:test";
import { SIGNAL_VERSION as v } from "../../wire/version.ts";
import { FRESH_MS } from "./lobby.ts";
import { BEAT_MS } from "./presence.ts";
import { callWorld, smallWorld } from "./testing/world.ts";

/** A call on node "a", and the same world after node "b" has taken over long after its own start. */
function onAnotherNode() {
  const made = callWorld();
  const { world, practice } = made;
  const tokens = { host: made.host.token, client: made.client.token };
  world.node = "b";
  world.restart();
  world.pass(FRESH_MS * 2);
  return { ...made, practice, tokens };
}

describe("a node among several", () => {
  test("says its name before it welcomes and before it lets to the relay; one alone says none", () => {
    const { world, rid } = smallWorld();
    expect(world.client(rid).all("at")).toEqual([]);
    world.node = "a";
    world.restart();
    expect(world.client(rid).inbox.map(({ t }) => t)).toEqual(["at", "welcome", "door"]);
    const { world: busy, client } = callWorld();
    busy.node = "a";
    busy.restart();
    const back = busy.connect().send({ t: "resume", v, token: client.token });
    back.clear().send({ t: "media" });
    expect(back.inbox.map(({ t }) => t)).toEqual(["at", "media"]);
    expect(back.last("at").node).toBe("a");
  });

  test("names the node that has the practice, and closes", () => {
    const { world, rid } = smallWorld();
    world.answers = false;
    const page = world.client(rid);
    world.event({ t: "elsewhere", conn: page.conn, node: "b" });
    expect(page.inbox).toEqual([{ t: "at", node: "b" }]);
    expect(page.closed).toBe("elsewhere");
    expect(world.core.lobby.conns.size).toBe(0);
  });

  test("takes people of a dead node back on their seats by their tokens, and nobody else", () => {
    const { world, practice, tokens } = onAnotherNode();
    world.event({ t: "taken", practice });
    const host = world.connect(sessionOf(world, practice)).send({ t: "resume", v, token: tokens.host });
    const client = world.connect().send({ t: "resume", v, token: tokens.client });
    expect(host.last("welcome").resumed).toBe(true);
    expect(host.last("lease")).toMatchObject({ state: "here", inCall: true });
    expect(client.last("welcome").resumed).toBe(true);
    expect(client.all("seated")).toHaveLength(1);
  });

  test("without a takeover an unknown token is over, as after a minute on one server", () => {
    const { world, tokens } = onAnotherNode();
    const client = world.connect().send({ t: "resume", v, token: tokens.client });
    expect(client.closed).toBe("expired");
  });

  test("lets go of a practice that went elsewhere without a word to billing", () => {
    const { world, practice, host, client } = callWorld();
    const { lobby } = world.core;
    const call = lobby.practice(practice).rooms[0]?.call ?? (practice as never);
    expect(lobby.presence.isEmpty(call)).toBe(false);
    world.presence.length = 0;
    world.event({ t: "moved", practice });
    expect([host.closed, client.closed]).toEqual(["elsewhere", "elsewhere"]);
    world.pass(BEAT_MS * 20);
    expect(world.presence).toEqual([]);
    expect(lobby.practices.size).toBe(0);
    expect(lobby.presence.isEmpty(call)).toBe(true);
    expect([...world.slots]).toEqual([]);
  });
});

function sessionOf(world: ReturnType<typeof callWorld>["world"], practice: string): string {
  const found = [...world.sessions].find(([, one]) => one === practice);
  return found?.[0] ?? "";
}
