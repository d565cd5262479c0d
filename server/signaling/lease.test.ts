import { describe, expect, test } from "bun:test";
import { RELOAD_MS, SILENT_MS } from "./lease.ts";
import { callWorld, smallWorld } from "./testing/world.ts";

describe("lease: one page answers clients", () => {
  test("the first page gets it, the second is told that it is elsewhere", () => {
    const { world, session } = smallWorld();
    world.host(session);
    expect(world.host(session).last("lease")).toEqual({
      t: "lease",
      state: "elsewhere",
      inCall: false,
      ice: [],
    });
  });

  test("a claim without force is refused while the holder is heard, granted by force", () => {
    const { world, session, rid } = smallWorld();
    const [first, second] = [world.host(session), world.host(session)];
    const client = world.client(rid);
    second.send({ t: "claim", force: false });
    expect(second.last("lease").state).toBe("elsewhere");
    second.send({ t: "claim", force: true });
    expect(second.last("lease").state).toBe("here");
    expect(first.last("lease")).toMatchObject({ state: "elsewhere", ice: [] });
    expect(client.last("door").host).toBe(second.peer);
  });

  test("who enters takes it from an idle holder, not from one in a call", () => {
    const { world, session, room } = smallWorld();
    const [idle, second, third] = [world.host(session), world.host(session), world.host(session)];
    second.send({ t: "enter", room });
    expect(second.last("lease")).toMatchObject({ state: "here", inCall: true });
    expect(idle.last("lease")).toMatchObject({ state: "elsewhere", inCall: true });
    third.send({ t: "enter", room });
    expect(third.last("lease").state).toBe("elsewhere");
  });

  test("a holder in a call that is silent for 15 s gives way to a claim, a millisecond earlier not", () => {
    for (const [silent, state] of [
      [SILENT_MS - 1, "elsewhere"],
      [SILENT_MS, "here"],
    ] as const) {
      const { world, host, session } = callWorld();
      const other = world.host(session);
      host.pongs = false;
      world.pass(silent);
      other.send({ t: "claim", force: false });
      expect(other.last("lease").state).toBe(state);
    }
  });

  test("the lease of a silent holder in a call is not given away by itself, an idle one's is", () => {
    const busy = callWorld();
    const other = busy.world.host(busy.session);
    busy.host.pongs = false;
    busy.world.pass(SILENT_MS + 1000);
    expect(other.last("lease").state).toBe("elsewhere");

    const { world, session } = smallWorld();
    const [idle, second] = [world.host(session), world.host(session)];
    idle.pongs = false;
    world.pass(SILENT_MS + 1000);
    expect(second.last("lease").state).toBe("here");
  });

  test("a line lost for less than 15 s keeps lease and door", () => {
    const { world, host, client, session } = callWorld();
    const { token, peer } = host;
    client.clear();
    host.drop();
    world.pass(14_000);
    const again = world.resume(token, session);
    expect(again.last("lease")).toMatchObject({ state: "here", inCall: true });
    expect(client.all("door")).toEqual([]);
    expect(client.all("peer").map(({ state }) => state)).toEqual(["away", "back"]);
    expect(client.last("peer").peer).toBe(peer);
  });

  test("[A5] a call page that reloads finds the lease free, though an idle page is open", () => {
    const { world, host, session, client, room } = callWorld();
    const idle = world.host(session);
    host.drop(1001);
    expect(idle.last("lease").state).toBe("free");
    expect(client.last("door")).toMatchObject({ state: "open", host: null });
    world.pass(RELOAD_MS - 1);
    const again = world.host(session);
    expect(again.last("lease").state).toBe("here");
    again.send({ t: "enter", room });
    expect(client.last("door").host).toBe(again.peer);
  });

  test("if it does not come back, the idle page gets the lease", () => {
    const { world, host, session, client } = callWorld();
    const idle = world.host(session);
    host.drop(1001);
    world.pass(RELOAD_MS);
    expect(idle.last("lease").state).toBe("here");
    expect(client.last("door").host).toBe(idle.peer);
  });

  test("an idle holder that goes hands over at once", () => {
    const { world, session } = smallWorld();
    const [first, second] = [world.host(session), world.host(session)];
    first.drop(1001);
    expect(second.last("lease").state).toBe("here");
  });

  test("only the holder may seat, unseat and end; others are ignored and counted", () => {
    const { world, session, client, room, seat } = callWorld();
    const other = world.host(session);
    other.send({ t: "unseat", peer: client.peer });
    other.send({ t: "end", room });
    other.send({ t: "seat", peer: client.peer, seat, slot: 2 });
    expect(world.counts["stray-host"]).toBe(3);
    expect(client.all("unseated")).toEqual([]);
    expect(client.all("over")).toEqual([]);
    expect(other.closed).toBeNull();
  });
});
