/** Several real server processes as one: rooms have one node each, a node dies in a group call, one is only asleep, Redis is away. Redis is
 * the real one; the remote database is a double (Hrana over HTTP on an embedded file), no real sqld. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openStore, type Store } from "../../db/store.ts";
import { CLOSE } from "../../wire/close.ts";
import { newId, type PracticeId, type Rid, type RoomId, type SeatId } from "../../wire/ids.ts";
import { SIGNAL_VERSION as v } from "../../wire/version.ts";
import { BEAT_MS } from "../signaling/presence.ts";
import { type At, type Cluster, type NodeName, startCluster } from "../testing/cluster.ts";
import { practiceWith } from "../testing/program.ts";
import { hasNoRedis } from "../testing/redis.ts";
import { type Browser, createBrowser, type Site } from "../testing/rig.ts";
import { LEASE_MS } from "./directory.ts";

const SLOW = 180_000;
const ALL: readonly NodeName[] = ["a", "b", "c"];
/** A seat counts as lost from when it was last heard: pings come every 3 s. */
const HEARD_MS = 3500;

let cluster: Cluster;
let store: Store;
beforeAll(async () => {
  if (hasNoRedis) return;
  cluster = await startCluster();
  store = await openStore(cluster.database);
}, SLOW);
afterAll(async () => {
  if (hasNoRedis) return;
  await store.close();
  await cluster.end();
});

/** The same browser at another node. */
function browserAt(browser: Browser, site: Site): Browser {
  const other = createBrowser(site);
  for (const [name, value] of browser.jar) other.jar.set(name, value);
  return other;
}

const others = (node: NodeName) => ALL.filter((one) => one !== node);

/** A therapist with clients in one room, all of them in a call; everybody asks at another node than the one before. */
async function groupCall(people: number) {
  const { browser, links } = await practiceWith(cluster.of("a"), people);
  const opened = await browser.ask("POST", "/api/rooms", { clients: links.map((rid) => [rid]) });
  expect(opened.status).toBe(201);
  const room = opened.body.room as RoomId;
  const cookie = browser.cookie();
  const host = await cluster.follow({ t: "host", v }, ["b"], cookie);
  host.page.send({ t: "enter", room });
  const clients: At[] = [];
  for (const [n, rid] of links.entries()) {
    const client = await cluster.follow({ t: "hello", v, rid }, ["c", "a"]);
    host.page.send({ t: "seat", peer: client.peer, seat: newId<SeatId>(), slot: n + 1 });
    await client.page.next("seated");
    clients.push(client);
  }
  const met = performance.now();
  const practice = await practiceOf(links[0] as Rid);
  return { browser, cookie, links, room, host, clients, met, practice };
}

async function practiceOf(rid: Rid): Promise<PracticeId> {
  const practice = await store.rooms.practiceOfLink(rid);
  if (practice === null) throw new Error("nobody has this link");
  return practice;
}

/** Everybody comes back by the token that each had, asking at whichever node. */
async function comeBack(call: Awaited<ReturnType<typeof groupCall>>, asked: readonly NodeName[]) {
  const back = async ({ page }: At, cookie: string) =>
    cluster.follow({ t: "resume", v, token: await page.token() }, asked, cookie);
  return {
    host: await back(call.host, call.cookie),
    clients: await Promise.all(call.clients.map((client) => back(client, ""))),
  };
}

async function settled(practice: PracticeId) {
  const until = performance.now() + 40_000;
  while (performance.now() < until) {
    const [row, ...more] = await store.calls.settled(practice, 0, Date.now() + 1000);
    expect(more).toEqual([]);
    if (row) return row;
    await Bun.sleep(100);
  }
  throw new Error("the call was not settled");
}

/** What the ledger of the practice says of calls. */
async function booked(practice: PracticeId) {
  const number = await store.ledger.numberOf(practice);
  const entries = await store.ledger.entries(number ?? "", 0, 100_000);
  return entries.filter(({ kind }) => kind !== null);
}

const lengthsByRun = (row: Awaited<ReturnType<typeof settled>>) => {
  const runs = new Map<string, number>();
  for (const { run, length } of row.intervals) runs.set(run, (runs.get(run) ?? 0) + length);
  return [...runs.values()];
};

describe.skipIf(hasNoRedis)("three servers as one", () => {
  test(
    "a room is at one node, whichever is asked; the answer names it; what is closed at another closes the door",
    async () => {
      const { browser, cookie, links, room, host, clients } = await groupCall(2);
      expect(host.node).toBe("b");
      expect(clients.map(({ node }) => node)).toEqual(["b", "b"]);
      const [client] = clients;
      client?.page.send({ t: "media" });
      expect((await client?.page.next("media"))?.slot).toBe(1);
      expect(client?.page.heard.filter(({ t }) => t === "at").at(-1)).toEqual({ t: "at", node: "b" });
      const second = await cluster.follow({ t: "host", v }, ["c"], cookie);
      expect(second.node).toBe("b");
      const elsewhere = browserAt(browser, cluster.of("c"));
      expect((await elsewhere.ask("DELETE", `/api/rooms/${room}`)).status).toBe(204);
      expect(await client?.page.next("over")).toEqual({ t: "over", reason: "closed" });
      expect((await elsewhere.ask("POST", "/api/rooms", { clients: [[links[0]]] })).status).toBe(201);
      const door = async () => {
        for (;;) if ((await client?.page.next("door"))?.state === "open") return "open";
      };
      expect(await door()).toBe("open");
    },
    SLOW,
  );

  test(
    "[BM6] kill -9 of the node of a group call: all are back on their seats at another, and the ledger has every minute once",
    async () => {
      const call = await groupCall(3);
      await Bun.sleep(BEAT_MS * 1.4);
      const { node } = call.host;
      const died = performance.now();
      await cluster.kill(node);
      const back = await comeBack(call, others(node));
      const gone = performance.now() - died;
      expect(gone).toBeLessThan(LEASE_MS + 15_000);
      const now = new Set([back.host, ...back.clients].map((one) => one.node));
      expect(now.size).toBe(1);
      expect(now.has(node)).toBe(false);
      expect((await back.host.page.next("lease")).state).toBe("here");
      for (const { page } of back.clients) await page.next("seated");
      const again = performance.now();
      const running = browserAt(call.browser, cluster.of(back.host.node));
      const { body } = await running.ask("GET", "/api/ledger/now");
      expect(body.calls).toMatchObject([{ room: call.room, counting: "group" }]);
      await Bun.sleep(3000);
      back.host.page.send({ t: "end", room: call.room });
      const after = performance.now() - again;
      const row = await settled(call.practice);
      const [before = 0, later = 0, ...more] = lengthsByRun(row).toSorted((a, b) => b - a);
      expect(more).toEqual([]);
      expect(before).toBeLessThanOrEqual(died - call.met + 200);
      expect(before).toBeGreaterThan(died - call.met - BEAT_MS - HEARD_MS);
      expect(later).toBeGreaterThan(2500);
      expect(later).toBeLessThanOrEqual(after + gone);
      const minutes = (await booked(call.practice)).reduce((sum, entry) => sum + entry.minutes, 0);
      const length = (kind: string) =>
        row.intervals.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.length, 0);
      expect(minutes).toBe(Math.ceil(length("single") / 60_000) + Math.ceil(length("group") / 60_000));
      await cluster.start(node);
    },
    SLOW,
  );

  test(
    "a node that only slept is overtaken, writes nothing any more, and sends its pages where the call is",
    async () => {
      const call = await groupCall(2);
      const { node } = call.host;
      await Bun.sleep(BEAT_MS * 1.2);
      cluster.of(node).kill("SIGSTOP");
      const slept = performance.now();
      const back = await comeBack(call, others(node));
      expect(back.host.node).not.toBe(node);
      cluster.of(node).kill("SIGCONT");
      expect(await call.host.page.closed).toBeGreaterThan(1000);
      await Bun.sleep(BEAT_MS * 1.2);
      back.host.page.send({ t: "end", room: call.room });
      const row = await settled(call.practice);
      const [first = 0, second = 0, ...more] = lengthsByRun(row);
      expect(more).toEqual([]);
      expect(first + second).toBeLessThanOrEqual(performance.now() - call.met);
      expect(Math.max(first, second)).toBeLessThan(slept - call.met + BEAT_MS * 1.5);
      const again = await cluster.follow({ t: "host", v }, [node], call.cookie);
      expect(again.node).toBe(back.host.node);
    },
    SLOW,
  );

  test(
    "a call whose room is closed while its node is dead is settled by another, at its last beat, once",
    async () => {
      const call = await groupCall(2);
      const { node } = call.host;
      await Bun.sleep(BEAT_MS * 1.4);
      await cluster.kill(node);
      const died = performance.now();
      const [other = "a"] = others(node);
      const elsewhere = browserAt(call.browser, cluster.of(other));
      expect((await elsewhere.ask("DELETE", `/api/rooms/${call.room}`)).status).toBe(204);
      const row = await settled(call.practice);
      const [length = 0, ...more] = lengthsByRun(row);
      expect(more).toEqual([]);
      expect(length).toBeGreaterThan(died - call.met - BEAT_MS - HEARD_MS);
      expect(length).toBeLessThanOrEqual(died - call.met + 200);
      expect((await booked(call.practice)).length).toBeGreaterThan(0);
      await cluster.start(node);
    },
    SLOW,
  );

  test(
    "SIGTERM: others take over at once, and nothing of the call is lost",
    async () => {
      const call = await groupCall(2);
      const { node } = call.host;
      await Bun.sleep(3000);
      const server = cluster.of(node);
      server.kill("SIGTERM");
      await server.exited;
      const stopped = performance.now();
      const back = await comeBack(call, others(node));
      expect(performance.now() - stopped).toBeLessThan(LEASE_MS - 1000);
      back.host.page.send({ t: "end", room: call.room });
      const row = await settled(call.practice);
      expect(Math.max(...lengthsByRun(row))).toBeGreaterThan(2500);
      await cluster.start(node);
    },
    SLOW,
  );

  test(
    "on the way out: a call stays until it is over, and whoever is in none goes to another server at once",
    async () => {
      await cluster.kill("b");
      await cluster.start("b", { TPC_DRAIN_SECONDS: "120" });
      const call = await groupCall(1);
      expect(call.host.node).toBe("b");
      const { browser, links } = await practiceWith(cluster.of("a"), 1);
      const idle = await cluster.follow({ t: "host", v }, ["b"], browser.cookie());
      expect(idle.node).toBe("b");
      const server = cluster.of("b");
      server.kill("SIGTERM");
      expect(await idle.page.closed).toBe(CLOSE.elsewhere.code);
      const moved = await cluster.follow({ t: "host", v }, ["a", "b"], browser.cookie());
      expect(moved.node).not.toBe("b");
      const opened = await browser.ask("POST", "/api/rooms", { clients: [links] });
      moved.page.send({ t: "enter", room: opened.body.room as RoomId });
      while (!(await moved.page.next("lease")).inCall);
      const [client] = call.clients;
      call.host.page.send({ t: "relay", to: client?.peer as never, n: 1, ack: 0, data: new Uint8Array([1]) });
      expect((await client?.page.next("relay"))?.n).toBe(1);
      call.host.page.send({ t: "end", room: call.room });
      await server.exited;
      expect(lengthsByRun(await settled(call.practice))).toHaveLength(1);
      await cluster.start("b");
    },
    SLOW,
  );

  test(
    "Redis is away: a running call goes on and people come back to it, new rooms say that they cannot be opened, and it mends itself",
    async () => {
      const call = await groupCall(2);
      await cluster.redis.kill();
      const [client] = call.clients;
      const back = await cluster.follow({ t: "resume", v, token: (await client?.page.token()) as never }, [
        call.host.node,
      ]);
      expect(back.node).toBe(call.host.node);
      call.host.page.send({ t: "relay", to: back.peer, n: 1, ack: 0, data: new Uint8Array([1]) });
      expect((await back.page.next("relay")).n).toBe(1);
      const { browser, links } = await practiceWith(cluster.of("a"), 1);
      const open = () => browser.ask("POST", "/api/rooms", { clients: [links] });
      const refused = async () => {
        for (;;) {
          const { status, body } = await open();
          if (status === 503) return body;
          await browser.ask("DELETE", `/api/rooms/${body.room}`);
          await Bun.sleep(100);
        }
      };
      expect(await refused()).toMatchObject({ code: "server.apart" });
      await Bun.sleep(BEAT_MS * 1.2);
      const [row] = await store.calls.running(call.practice);
      expect(row?.intervals.at(-1)?.length).toBeGreaterThan(BEAT_MS / 2);
      await cluster.redis.start();
      const opened = async () => {
        for (;;) {
          const { status } = await open();
          if (status === 201) return status;
          await Bun.sleep(100);
        }
      };
      expect(await opened()).toBe(201);
      const host = await cluster.follow({ t: "host", v }, ["c", "a"], browser.cookie());
      expect((await host.page.next("rooms")).rooms).toHaveLength(1);
      call.host.page.send({ t: "end", room: call.room });
      expect(lengthsByRun(await settled(call.practice))).toHaveLength(1);
    },
    SLOW,
  );
});
