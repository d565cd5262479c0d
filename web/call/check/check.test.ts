/** The connection check as a machine: every way answers, fails or has had its time, and one sentence is said over all. */
import { describe, expect, test } from "bun:test";
import { HandClock } from "../testing/hand-clock.ts";
import { askFacts, type Facts, factsIn } from "./facts.ts";
import { PING_BYTES, PINGS, Pings } from "./pings.ts";
import { verdictOf } from "./verdict.ts";
import { type CheckParts, type Probe, WAY_MS, WayCheck, type WayName } from "./ways.ts";

const SAID = {
  stun: [{ urls: "stun:praxis.test:3478" }],
  quic: [{ port: 4433, hash: "AQID" }],
  tickets: { quic: "one", socket: "two" },
};
const FACTS = factsIn(SAID) as Facts;

/** One try that the test ends. */
class Try implements Probe {
  done: (ms: number) => void = () => undefined;
  fail: () => void = () => undefined;
  drops = 0;
  readonly answer = new Promise<number>((resolve, reject) => {
    this.done = resolve;
    this.fail = () => reject(new Error("no"));
  });
  drop(): void {
    this.drops += 1;
  }
}

const settle = () => new Promise<void>((done) => setImmediate(done));

function ground(change: Partial<CheckParts["probes"]> = {}, ask: CheckParts["ask"] = async () => FACTS) {
  const clock = new HandClock();
  const tries = { direct: new Try(), quic: new Try(), socket: new Try() };
  const probes = {
    direct: () => tries.direct,
    quic: () => tries.quic,
    socket: () => tries.socket,
    ...change,
  };
  const check = new WayCheck({ clock, ask, probes });
  const ats = () => Object.values(check.state.get().ways).map(({ at }) => at);
  const verdict = (devices: Parameters<typeof verdictOf>[1] = null) => verdictOf(check.state.get(), devices);
  return { clock, tries, check, ats, verdict };
}

/** Runs to its end with these ways answering; the others are silent for good. */
async function ran(answering: WayName[], change: Partial<CheckParts["probes"]> = {}) {
  const all = ground(change);
  const running = all.check.run();
  await settle();
  for (const way of answering) all.tries[way].done(20);
  await settle();
  all.clock.pass(WAY_MS);
  await running;
  return all;
}

describe("the ways", () => {
  test("are tried beside each other; each says when it has answered, and is let go of", async () => {
    const { tries, check, ats, verdict } = ground();
    const running = check.run();
    await settle();
    expect([check.state.get().at, ats()]).toEqual(["running", ["trying", "trying", "trying"]]);
    expect(verdict()).toEqual({ tone: "quiet", words: ["running"] });
    tries.socket.done(7);
    await settle();
    expect(check.state.get().ways.socket).toEqual({ at: "good", ms: 7 });
    tries.quic.done(5);
    tries.direct.done(3);
    await running;
    expect([check.state.get().at, ats()]).toEqual(["done", ["good", "good", "good"]]);
    expect(Object.values(tries).map(({ drops }) => drops)).toEqual([1, 1, 1]);
  });

  test("one that fails, and one that throws at once, do not keep the others", async () => {
    const { ats } = await ran(["socket"], {
      direct: () => {
        throw new TypeError("no RTCPeerConnection");
      },
    });
    expect(ats()).toEqual(["none", "none", "good"]);
  });

  test("a network that swallows everything has its time and no more", async () => {
    const { clock, tries, check, ats } = ground();
    void check.run();
    await settle();
    clock.pass(WAY_MS - 1);
    await settle();
    expect(ats()).toEqual(["trying", "trying", "trying"]);
    clock.pass(1);
    await settle();
    expect([ats(), tries.quic.drops]).toEqual([["none", "none", "none"], 1]);
  });

  test("a press in between begins anew: what an older run hears late is nobody's", async () => {
    const { tries, check, ats } = ground();
    void check.run();
    await settle();
    const old = tries.quic;
    tries.quic = new Try();
    void check.run();
    await settle();
    old.done(1);
    await settle();
    expect([old.drops, ats()]).toEqual([1, ["trying", "trying", "trying"]]);
    check.stop();
    await settle();
    expect(tries.quic.drops).toBe(1);
  });

  test("a server that does not answer, or has been asked too often, is said as that", async () => {
    for (const word of ["away", "often"] as const) {
      const { check, verdict } = ground({}, async () => word);
      await check.run();
      expect([check.state.get().at, verdict().words]).toEqual([word, [word]]);
    }
  });
});

describe("the sentence", () => {
  test("all ready; without the devices being tried, the line is", async () => {
    const { verdict } = await ran(["direct", "quic", "socket"]);
    expect(verdict()).toEqual({ tone: "good", words: ["line"] });
    expect(verdict({})).toEqual({ tone: "good", words: ["all"] });
  });

  test("UDP that is blocked leaves calls over the own server; a fast way alone that is missing is said too", async () => {
    expect((await ran(["socket"])).verdict({})).toEqual({ tone: "look", words: ["own"] });
    expect((await ran(["direct", "socket"])).verdict({})).toEqual({ tone: "look", words: ["sockets"] });
  });

  test("a way that this browser or server does not have is not missed", async () => {
    const { ats, verdict } = await ran(["socket"], { quic: () => "browser", direct: () => "server" });
    expect(ats()).toEqual(["skip", "skip", "good"]);
    expect(verdict({})).toEqual({ tone: "good", words: ["all"] });
  });

  test("without sockets, or without a microphone, it is not so; without a camera it goes", async () => {
    expect((await ran(["direct", "quic"])).verdict({}).words).toEqual(["socket"]);
    const { verdict } = await ran(["direct", "quic", "socket"]);
    expect(verdict({ microphone: "blocked" })).toEqual({ tone: "loss", words: ["microphone"] });
    expect(verdict({ camera: "busy" })).toEqual({ tone: "look", words: ["camera"] });
  });
});

describe("a message there and back", () => {
  test("five one after the other, and the one in the middle counts", async () => {
    const clock = new HandClock();
    const pings = new Pings(clock);
    let sent = 0;
    pings.start(({ length }) => {
      sent += length;
    });
    for (const ms of [90, 10, 30, 20, 40]) {
      clock.pass(ms);
      // a stream may bring it in two pieces
      pings.heard(PING_BYTES - 3);
      pings.heard(3);
    }
    expect([await pings.answer, sent]).toEqual([30, PINGS * PING_BYTES]);
  });

  test("a line that closes before has no answer", async () => {
    const pings = new Pings(new HandClock());
    pings.start(() => undefined);
    pings.heard(PING_BYTES);
    pings.lost();
    expect(pings.answer).rejects.toThrow();
  });
});

describe("what the server says", () => {
  const answering = (status: number, body: unknown) =>
    (async () => new Response(JSON.stringify(body), { status })) as unknown as typeof fetch;

  test("is taken where it has its form", async () => {
    expect(await askFacts(answering(200, SAID))).toEqual({
      stun: SAID.stun,
      quic: [{ port: 4433, hash: new Uint8Array([1, 2, 3]) }],
      tickets: SAID.tickets,
    });
    expect(await askFacts(answering(429, { code: "check.slow-down" }))).toBe("often");
  });

  test("[R12] nothing else gets into an address, and nobody else's server is asked", async () => {
    const wrong: unknown[] = [
      null,
      "x",
      {},
      { ...SAID, tickets: { quic: "a&lane=b", socket: "two" } },
      { ...SAID, quic: "4433" },
      { ...SAID, quic: [{ port: 4433, hash: "!" }] },
    ];
    for (const body of wrong) expect([body, await askFacts(answering(200, body))]).toEqual([body, "away"]);
    expect(await askFacts(answering(502, "x"))).toBe("away");
    expect(await askFacts((() => Promise.reject(new TypeError())) as unknown as typeof fetch)).toBe("away");
    const odd = {
      ...SAID,
      stun: [{ urls: "turn:evil.test" }, { urls: 7 }, null],
      quic: [{ port: 0, hash: "AQID" }],
    };
    expect(factsIn(odd)).toMatchObject({ stun: [], quic: [] });
  });
});
