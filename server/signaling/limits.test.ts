import { describe, expect, test } from "bun:test";
import {
  ARRIVALS,
  Bucket,
  CLIENT_BYTES,
  CLIENT_MESSAGES,
  CONNS_PER_ADDRESS,
  HOST_MESSAGES,
  PAGES_PER_PRACTICE,
  PEERS_PER_LINK,
} from "./limits.ts";
import { callWorld, smallWorld, World } from "./testing/world.ts";

describe("token bucket", () => {
  test("gives `burst` at once, not one more, and `perSecond` after it", () => {
    const bucket = new Bucket({ burst: 3, perSecond: 2 }, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false]);
    expect(bucket.take(1, 499)).toBe(false);
    expect(bucket.take(1, 500)).toBe(true);
    expect(bucket.isFull(1000)).toBe(false);
    expect(bucket.isFull(2000)).toBe(true);
  });
});

test("a bucket that rests never holds more than its burst", () => {
  const bucket = new Bucket({ burst: 2, perSecond: 5 }, 0);
  expect([1, 2, 3].map(() => bucket.take(1, 3_600_000))).toEqual([true, true, false]);
});

describe("floods", () => {
  test("a client may send its burst; one message more closes with `flood` and the seat is free", () => {
    const { world, client, host } = callWorld();
    for (let i = 0; i < CLIENT_MESSAGES.burst; i++) client.send({ t: "beat" });
    expect(client.closed).toBeNull();
    const { peer } = client;
    client.send({ t: "beat" });
    expect(client.closed).toBe("flood");
    expect(host.last("peer")).toEqual({ t: "peer", peer, state: "gone" });
    expect(world.counts.flood).toBe(1);
  });

  test.each(["pinged", "heard"] as const)("control frames are no way around it: %s", (kind) => {
    const { world, client } = callWorld();
    for (let i = 0; i < CLIENT_MESSAGES.burst; i++) world.event({ t: kind, conn: client.conn });
    expect(client.closed).toBeNull();
    world.event({ t: kind, conn: client.conn });
    expect(client.closed).toBe("flood");
  });

  test("at its steady rate a client sends for ever", () => {
    const { world, client } = callWorld();
    for (let second = 0; second < 60; second++) {
      for (let i = 0; i < CLIENT_MESSAGES.perSecond; i++) client.send({ t: "beat" });
      world.pass(1000);
    }
    expect(client.closed).toBeNull();
  });

  test("bytes have a budget of their own", () => {
    const { host, client } = callWorld();
    const data = new Uint8Array(60_000);
    const fit = Math.floor(CLIENT_BYTES.burst / 60_200);
    for (let n = 1; n <= fit; n++) client.send({ t: "relay", to: host.peer, n, ack: 0, data });
    expect(client.closed).toBeNull();
    client.send({ t: "relay", to: host.peer, n: fit + 1, ack: 0, data });
    client.send({ t: "relay", to: host.peer, n: fit + 2, ack: 0, data });
    expect(client.closed).toBe("flood");
  });

  test("a therapist's page may resend 16 full routes at once", () => {
    const { host } = callWorld();
    for (let i = 0; i < 16 * 256; i++) host.send({ t: "beat" });
    expect(host.closed).toBeNull();
    expect(HOST_MESSAGES.burst).toBeGreaterThan(16 * 256);
  });
});

describe("connections", () => {
  test("an address may keep so many; the next is `full`, another address is not", () => {
    const world = new World();
    for (let i = 0; i < CONNS_PER_ADDRESS; i++) expect(world.connect().closed).toBeNull();
    expect(world.connect().closed).toBe("full");
    expect(world.connect(null, "198.51.100.7").closed).toBeNull();
  });

  test("a closed connection makes room again", () => {
    const world = new World();
    const first = world.connect();
    for (let i = 1; i < CONNS_PER_ADDRESS; i++) world.connect();
    first.drop();
    expect(world.connect().closed).toBeNull();
  });

  test("an address that connects and goes all the time is `flood`, and forgiven later", () => {
    const world = new World();
    for (let i = 0; i < ARRIVALS.burst; i++) world.connect().drop();
    expect(world.connect().closed).toBe("flood");
    world.pass(1000);
    expect(world.connect().closed).toBeNull();
    world.pass(60_000);
    expect(world.core.lobby.addresses.size).toBe(0);
  });

  test("a link has so many tabs and devices; one whose line is lost gives way", () => {
    const { world, rid } = smallWorld();
    const pages = Array.from({ length: PEERS_PER_LINK }, () => world.client(rid));
    expect(world.client(rid).closed).toBe("full");
    pages[1]?.drop();
    expect(world.client(rid).closed).toBeNull();
    expect(world.resume(pages[1]?.token ?? new Uint8Array()).closed).toBe("full");
  });

  test("a practice has so many pages; the holder of the lease never gives way", () => {
    const { world, session } = smallWorld();
    const pages = Array.from({ length: PAGES_PER_PRACTICE }, () => world.host(session));
    pages[0]?.drop();
    expect(world.host(session).closed).toBe("full");
    pages[1]?.drop();
    expect(world.host(session).closed).toBeNull();
  });
});
