import { describe, expect, test } from "bun:test";
import { type Bytes, utf8 } from "../../wire/bytes.ts";
import { newId, type PeerId } from "../../wire/ids.ts";
import { RELAY_MAX_BYTES } from "../../wire/signal.ts";
import { FRESH_MS } from "./lobby.ts";
import { callWorld, type Page, smallWorld } from "./testing/world.ts";

const relay = (to: PeerId, data: Bytes = utf8("sealed")) => ({ t: "relay", to, n: 1, ack: 0, data }) as const;
const got = (page: Page) => page.all("relay").map(({ from, data }) => [from, new TextDecoder().decode(data)]);

describe("relay", () => {
  test("passes bytes, acks and anew between a client and the page its door names", () => {
    const { host, client } = callWorld();
    client
      .send(relay(host.peer))
      .send({ t: "ack", to: host.peer, ack: 7 })
      .send({ t: "anew", to: host.peer });
    host.send(relay(client.peer));
    expect(got(host)).toEqual([[client.peer, "sealed"]]);
    expect(host.last("ack")).toEqual({ t: "ack", from: client.peer, ack: 7 });
    expect(host.last("anew")).toEqual({ t: "anew", from: client.peer });
    expect(got(client)).toEqual([[host.peer, "sealed"]]);
  });

  test("the largest message passes, one byte more is garbage", () => {
    const { host, client } = callWorld();
    client.send(relay(host.peer, new Uint8Array(RELAY_MAX_BYTES)));
    expect(host.last("relay").data).toHaveLength(RELAY_MAX_BYTES);
    expect(client.send(relay(host.peer, new Uint8Array(RELAY_MAX_BYTES + 1))).closed).toBe("garbage");
  });

  test("never crosses practices, never goes from client to client or page to page", () => {
    const { world, host, client, rid, session } = callWorld();
    const other = world.practice();
    const theirs = world.link(other.practice);
    world.open(other.practice, [theirs]);
    const [foreignHost, foreignClient] = [world.host(other.session), world.client(theirs)];
    const [second, page] = [world.client(rid), world.host(session)];
    client.send(relay(foreignHost.peer)).send(relay(second.peer)).send(relay(page.peer));
    host.send(relay(foreignClient.peer)).send(relay(page.peer)).send(relay(host.peer));
    expect(world.counts["stray-relay"]).toBe(6);
    for (const one of world.pages.values()) expect(one.all("relay")).toEqual([]);
  });

  test("a page without the lease speaks to nobody", () => {
    const { world, session, client } = callWorld();
    world.host(session).send(relay(client.peer));
    expect(got(client)).toEqual([]);
  });

  test("while its room is closed a client reaches nobody, but hears a last goodbye", () => {
    const { world, host, client, practice, room } = callWorld();
    world.close(practice, room);
    client.send(relay(host.peer));
    host.send(relay(client.peer));
    expect(got(host)).toEqual([]);
    expect(got(client)).toHaveLength(1);
  });

  test("after the lease moved neither end of the old route reaches the other", () => {
    const { world, session, host, client } = callWorld();
    world.host(session).send({ t: "claim", force: true });
    client.send(relay(host.peer));
    host.send(relay(client.peer));
    expect(client.last("peer")).toEqual({ t: "peer", peer: host.peer, state: "gone" });
    expect([...got(host), ...got(client)]).toEqual([]);
  });

  test("what is for a peer whose line is lost is not kept: both ends resend", () => {
    const { world, host, client } = callWorld();
    const { token } = client;
    client.drop();
    host.send(relay(client.peer));
    expect(world.counts["away-relay"]).toBe(1);
    expect(world.resume(token).all("relay")).toEqual([]);
  });

  test("a peer of the run before is away for a minute and then gone", () => {
    const { world, client, session } = callWorld();
    const token = client.token;
    world.restart();
    const host = world.host(session);
    host.send({ t: "claim", force: true }).send(relay(client.peer));
    expect(host.last("peer")).toEqual({ t: "peer", peer: client.peer, state: "away" });
    world.pass(FRESH_MS);
    world.pass(5000);
    expect(host.all("peer").map(({ state }) => state)).toEqual(["away", "gone"]);
    expect(world.resume(token).closed).toBe("expired");
  });

  test("a peer that never was is gone; a foreign one is answered just the same", () => {
    const { world, host } = callWorld();
    world.pass(FRESH_MS);
    const other = world.practice();
    const theirs = world.link(other.practice);
    const foreign = world.client(theirs).peer;
    for (const peer of [newId<PeerId>(), foreign]) {
      expect(host.send(relay(peer)).last("peer")).toEqual({ t: "peer", peer, state: "gone" });
    }
  });

  test("no door, no host: a waiting client of a closed room is not told who is there", () => {
    const { world, practice, session } = smallWorld();
    const closed = world.link(practice);
    world.host(session);
    expect(world.client(closed).last("door")).toEqual({
      t: "door",
      state: "closed",
      host: null,
      planned: null,
    });
  });
});
