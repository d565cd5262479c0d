/** The room directory and the news between nodes, against a real redis-server. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { newId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import { createLog } from "../log.ts";
import { hasNoRedis, type RedisServer, serveRedis } from "../testing/redis.ts";
import { openRedis } from "../transport/redis.ts";
import { LEASE_MS, NodeDirectory, NoLease, SameName } from "./directory.ts";
import { DirectoryAway, GRACE_MS, Holding, RENEW_MS } from "./holding.ts";
import { type News, NewsLine } from "./news.ts";

const describeWithRedis = describe.skipIf(hasNoRedis);
const quiet = createLog({ now: () => 0, monotonic: () => 0 }, "error", () => undefined);

let server: RedisServer;
let redis: ReturnType<typeof openRedis>;
let prefix: string;
beforeAll(async () => {
  if (hasNoRedis) return;
  server = await serveRedis();
  redis = openRedis(server.url);
});
beforeEach(() => {
  prefix = `test:${newId<never>()}`;
});
afterAll(async () => {
  if (hasNoRedis) return;
  redis.close();
  await server.kill();
});

const directory = (node: string, run = newId<never>()) =>
  new NodeDirectory({ commands: redis, prefix, node, run });
/** What five seconds without a renewal do. */
const expire = (node: string, run: string) => redis.send("ZADD", [`${prefix}:nodes`, "1", `${node} ${run}`]);

test("a lease outlives some renewals that fail", () => {
  expect(LEASE_MS).toBeGreaterThan(3 * RENEW_MS);
  expect(GRACE_MS).toBeGreaterThan(2 * RENEW_MS);
});

describeWithRedis("the directory", () => {
  test("gives a practice to one node, and says everybody else which", async () => {
    const [a, b] = [directory("a"), directory("b")];
    expect(await a.renew()).toMatchObject({ isNew: true });
    expect((await b.renew()).members).toHaveLength(2);
    expect(await a.renew()).toMatchObject({ isNew: false });
    const practice = newId<PracticeId>();
    expect(await a.claim(practice)).toEqual({ at: "new" });
    expect(await a.claim(practice)).toEqual({ at: "here" });
    expect(await b.claim(practice)).toEqual({ at: "there", node: "a" });
  });

  test("of many that ask at once exactly one gets it", async () => {
    const nodes = Array.from({ length: 12 }, (_, n) => directory(`n${n}`));
    await Promise.all(nodes.map((node) => node.renew()));
    const practice = newId<PracticeId>();
    const answers = await Promise.all(nodes.map((node) => node.claim(practice)));
    expect(answers.filter(({ at }) => at === "new")).toHaveLength(1);
    expect(answers.filter(({ at }) => at === "there")).toHaveLength(11);
  });

  test("a practice of a node whose lease is over is taken, and so is one of its run before", async () => {
    const b = directory("b");
    await b.renew();
    const [first, practice] = [newId<never>(), newId<PracticeId>()];
    const a = directory("a", first);
    await a.renew();
    await a.claim(practice);
    await expect(directory("a").renew()).rejects.toBeInstanceOf(SameName);
    await expire("a", first);
    expect(await b.claim(practice)).toEqual({ at: "taken" });
    expect((await a.renew()).isNew).toBe(true);
    expect(await a.claim(practice)).toEqual({ at: "there", node: "b" });
    await b.leave();
    expect(await a.claim(practice)).toEqual({ at: "taken" });
  });

  test("what was given back is anybody's, and only its holder gives it back", async () => {
    const [a, b] = [directory("a"), directory("b")];
    await a.renew();
    await b.renew();
    const practice = newId<PracticeId>();
    await a.claim(practice);
    await b.release(practice);
    expect(await b.claim(practice)).toEqual({ at: "there", node: "a" });
    await a.release(practice);
    expect(await b.claim(practice)).toEqual({ at: "new" });
  });

  test("without a lease nothing is claimed", async () => {
    await expect(directory("a").claim(newId())).rejects.toBeInstanceOf(NoLease);
  });
});

/** A node whose time and waits are in the test's hand; `turn` lets it renew once. */
function holder(node: string, run = newId<never>()) {
  const time = { mono: 0 };
  const fenced: PracticeId[] = [];
  const happened: string[] = [];
  let turn: () => void = () => undefined;
  const wait = (ms: number) =>
    new Promise<void>((done) => {
      if (ms === RENEW_MS) turn = done;
      else {
        time.mono += ms;
        done();
      }
    });
  const holding = new Holding({
    directory: directory(node, run),
    fence: async (practice) => void fenced.push(practice),
    clock: { now: () => time.mono, monotonic: () => time.mono },
    log: quiet,
    wait,
  });
  const start = () =>
    holding.start({
      taken: (practice) => happened.push(`taken ${practice}`),
      moved: (practice) => happened.push(`moved ${practice}`),
      orphaned: () => happened.push("orphaned"),
    });
  /** Until what a renewal leads to is seen. */
  const renewed = async (isSo: () => boolean) => {
    const until = performance.now() + 10_000;
    while (!isSo() && performance.now() < until) {
      turn();
      await Bun.sleep(5);
    }
    expect(isSo()).toBe(true);
  };
  return { holding, run, time, fenced, happened, start, renewed };
}

describeWithRedis("what a node holds", () => {
  test("is written down in the database before anybody is let in, and is asked for once", async () => {
    const a = holder("a");
    await a.start();
    const practice = newId<PracticeId>();
    expect(await a.holding.hold(practice)).toEqual({ at: "here" });
    expect(await a.holding.hold(practice)).toEqual({ at: "here" });
    expect(a.fenced).toEqual([practice]);
    expect(a.holding.all).toEqual([practice]);
    expect(a.time.mono).toBe(GRACE_MS);
    await a.holding.stop();
  });

  test("of a dead node is taken, its death noticed, and the dead one that wakes up learns of it", async () => {
    const [a, b] = [holder("a"), holder("b")];
    await a.start();
    await b.start();
    const practice = newId<PracticeId>();
    await a.holding.hold(practice);
    expect(await b.holding.hold(practice)).toEqual({ at: "there", node: "a" });
    await b.renewed(() => b.holding.size === 2);
    b.happened.length = 0;
    await expire("a", a.run);
    await b.renewed(() => b.happened.length > 0);
    expect(b.happened).toEqual(["orphaned"]);
    expect(await b.holding.hold(practice)).toEqual({ at: "here" });
    expect(b.happened.at(-1)).toBe(`taken ${practice}`);
    expect(await a.holding.isStillHere(practice).catch((error) => error)).toBeInstanceOf(DirectoryAway);
    await a.renewed(() => a.happened.includes(`moved ${practice}`));
    expect(a.holding.holds(practice)).toBe(false);
    await Promise.all([a.holding.stop(), b.holding.stop()]);
  });

  test("stays while Redis is away, nothing new is taken, and all is claimed anew in a Redis that knows nothing", async () => {
    const [a, b] = [holder("a"), holder("b")];
    await a.start();
    await b.start();
    const [mine, other] = [newId<PracticeId>(), newId<PracticeId>()];
    await a.holding.hold(mine);
    await server.kill();
    await a.renewed(() => a.holding.isAway);
    await b.renewed(() => b.holding.isAway);
    expect(await a.holding.hold(mine)).toEqual({ at: "here" });
    await expect(a.holding.hold(other)).rejects.toBeInstanceOf(DirectoryAway);
    await server.start();
    await a.renewed(() => !a.holding.isAway);
    await b.renewed(() => !b.holding.isAway);
    expect(await b.holding.hold(mine)).toEqual({ at: "there", node: "a" });
    expect(await b.holding.hold(other)).toEqual({ at: "here" });
    expect(a.happened.filter((what) => what.startsWith("moved"))).toEqual([]);
    await Promise.all([a.holding.stop(), b.holding.stop()]);
  });

  test("is not held where the database does not take it", async () => {
    const a = holder("a");
    await a.start();
    const practice = newId<PracticeId>();
    const push = a.fenced.push.bind(a.fenced);
    a.fenced.push = () => {
      throw new Error("away");
    };
    await expect(a.holding.hold(practice)).rejects.toThrow("away");
    expect(a.holding.holds(practice)).toBe(false);
    a.fenced.push = push;
    expect(await a.holding.hold(practice)).toEqual({ at: "here" });
    await a.holding.stop();
  });
});

describeWithRedis("news", () => {
  async function line() {
    const lines: string[] = [];
    const heard: News[] = [];
    let missed = 0;
    const news = new NewsLine({
      commands: redis,
      prefix,
      run: newId<never>(),
      log: createLog({ now: () => 0, monotonic: () => 0 }, "warn", (one) => void lines.push(one)),
      wait: () => Bun.sleep(5),
    });
    await news.start({ heard: (one) => heard.push(one), missed: () => missed++ });
    const until = async (isSo: () => boolean) => {
      const late = performance.now() + 10_000;
      while (!isSo() && performance.now() < late) await Bun.sleep(5);
      expect(isSo()).toBe(true);
    };
    const isDeaf = () => lines.some((one) => one.includes("nodes.deaf"));
    return { news, heard, until, isDeaf, missed: () => missed };
  }

  test("reach every other node in order, not oneself, and not whoever comes later", async () => {
    const [a, b, c] = [await line(), await line(), await line()];
    const practice = newId<PracticeId>();
    const all: News[] = [
      { t: "opened", practice },
      { t: "closed", practice, room: newId<RoomId>() },
      { t: "session", session: "s" },
      { t: "links", practice, rids: [newId<Rid>()] },
      { t: "deleted", practice },
    ];
    for (const one of all) a.news.say(one);
    await b.until(() => b.heard.length === all.length);
    await c.until(() => c.heard.length === all.length);
    expect(b.heard).toEqual(all);
    expect(c.heard).toEqual(all);
    expect(a.heard).toEqual([]);
    const late = await line();
    await Bun.sleep(20);
    expect(late.heard).toEqual([]);
    for (const { news } of [a, b, c, late]) news.stop();
  });

  test("said while Redis is away are told when it is back, and whoever was deaf looks for itself", async () => {
    const [a, b] = [await line(), await line()];
    await server.kill();
    const practice = newId<PracticeId>();
    a.news.say({ t: "opened", practice });
    await b.until(() => a.isDeaf() && b.isDeaf());
    await server.start();
    await b.until(() => b.heard.length === 1 && b.missed() > 0);
    expect(b.heard).toEqual([{ t: "opened", practice }]);
    for (const { news } of [a, b]) news.stop();
  });

  test("what is none of ours is left alone", async () => {
    const a = await line();
    const practice = newId<PracticeId>();
    for (const what of ["", "[]", '{"t":"opened"}', `{"t":"opened","practice":"${"x".repeat(32)}"}`])
      await redis.send("XADD", [`${prefix}:news`, "*", "from", "x", "what", what]);
    const good = JSON.stringify({ t: "opened", practice });
    await redis.send("XADD", [`${prefix}:news`, "*", "from", "x", "what", good]);
    await a.until(() => a.heard.length > 0);
    expect(a.heard).toEqual([{ t: "opened", practice }]);
    a.news.stop();
  });
});
