/** How a session is opened, lost and opened again (media.md 7, B6, A9), with the hands of the clock in the test's own. */
import { describe, expect, test } from "bun:test";
import { HandClock } from "../call/testing/hand-clock.ts";
import { isPoor, Leaving } from "./leaving.ts";
import { type Doors, Line } from "./line.ts";
import type { Link, LinkEars, LinkKind } from "./link.ts";
import { quicAble } from "./quic-able.ts";
import { GIVE_UP_MS, type Opening, race } from "./race.ts";

/** Lets promises that are settled say so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

class Try<T> implements Opening<T> {
  readonly ready: Promise<T>;
  isDropped = false;
  opens!: (value: T) => void;
  fails!: () => void;
  constructor() {
    this.ready = new Promise((resolve, reject) => {
      this.opens = resolve;
      this.fails = () => reject(new Error("closed"));
    });
    this.ready.catch(() => {});
  }
  drop(): void {
    this.isDropped = true;
  }
}

describe("[media 7] the race", () => {
  const runs = (hasQuic = true) => {
    const clock = new HandClock();
    const [quic, socket] = [new Try<string>(), new Try<string>()];
    const started: string[] = [];
    const start = (name: string, one: Try<string>) => () => {
      started.push(name);
      return one;
    };
    const result = race(clock, hasQuic ? start("quic", quic) : null, start("socket", socket));
    let said = "";
    result.then(
      (name) => {
        said = name;
      },
      () => {
        said = "lost";
      },
    );
    return { clock, quic, socket, started, said: () => said };
  };
  test("QUIC alone for half a second; then the socket too, and the first to open stays", async () => {
    const { clock, quic, socket, started, said } = runs();
    clock.pass(499);
    expect(started).toEqual(["quic"]);
    clock.pass(1);
    expect(started).toEqual(["quic", "socket"]);
    socket.opens("socket");
    await settle();
    expect([said(), quic.isDropped, clock.pending]).toEqual(["socket", true, 0]);
    quic.opens("quic");
    await settle();
    expect(said()).toBe("socket");
  });
  test("QUIC inside its head start: no socket is ever opened", async () => {
    const { clock, quic, started, said } = runs();
    quic.opens("quic");
    await settle();
    clock.pass(10_000);
    expect([said(), started]).toEqual(["quic", ["quic"]]);
  });
  test("a QUIC that fails at once does not cost the half second", async () => {
    const { quic, socket, started, said } = runs();
    quic.fails();
    await settle();
    expect(started).toEqual(["quic", "socket"]);
    socket.opens("socket");
    await settle();
    expect(said()).toBe("socket");
  });
  test("without QUIC the socket goes at once", () => {
    expect(runs(false).started).toEqual(["socket"]);
  });
  test("both fail, or nothing answers: lost, and everything let go", async () => {
    const both = runs();
    both.quic.fails();
    await settle();
    both.socket.fails();
    await settle();
    expect([both.said(), both.clock.pending]).toEqual(["lost", 0]);
    const silent = runs();
    silent.clock.pass(GIVE_UP_MS);
    await settle();
    expect([silent.said(), silent.quic.isDropped, silent.socket.isDropped]).toEqual(["lost", true, true]);
  });
});

class FakeLink implements Link {
  readonly kind: LinkKind;
  ears: LinkEars | null = null;
  isClosed = false;
  constructor(kind: LinkKind) {
    this.kind = kind;
  }
  listen(ears: LinkEars): void {
    this.ears = ears;
  }
  loose(): void {}
  sure(): void {}
  picture(): void {}
  groupEnd(): void {}
  held(): number {
    return 0;
  }
  close(): void {
    this.isClosed = true;
  }
}

const DOORS: Doors = { quic: { url: "https://x/media?pass=a", hashes: [] }, socket: "wss://x/media?pass=b" };

function lines() {
  const clock = new HandClock();
  const tries: { readonly kind: LinkKind; readonly one: Try<Link> }[] = [];
  const said: string[] = [];
  let asked = 0;
  const open = (kind: LinkKind) => () => {
    const one = new Try<Link>();
    tries.push({ kind, one });
    return one;
  };
  const line = new Line({
    clock,
    chance: () => 0.5,
    doors: async () => {
      asked += 1;
      return DOORS;
    },
    openQuic: open("quic"),
    openSocket: open("socket"),
    onItem: (item) => said.push(`item ${item.length}`),
    onOpen: ({ kind }) => said.push(`open ${kind}`),
    onLost: () => said.push("lost"),
  });
  const opens = async (at = tries.length - 1) => {
    const { kind, one } = tries[at] ?? { kind: "socket", one: new Try<Link>() };
    const link = new FakeLink(kind);
    one.opens(link);
    await settle();
    return link;
  };
  return { clock, tries, said, line, opens, asked: () => asked };
}

describe("[B6] the line", () => {
  test("comes back after 0.1, 0.25, 0.5 s and then every second, with fresh passes each time", async () => {
    const { clock, tries, said, line, opens, asked } = lines();
    line.open();
    await settle();
    const link = await opens();
    expect(said).toEqual(["open quic"]);
    link.ears?.closed();
    expect(said).toEqual(["open quic", "lost"]);
    const waits = [100, 250, 500, 1_000, 1_000];
    for (const [n, wait] of waits.entries()) {
      clock.pass(wait - 1);
      expect(asked()).toBe(1 + n);
      clock.pass(1);
      await settle();
      expect(asked()).toBe(2 + n);
      tries.at(-1)?.one.fails();
      await settle();
      tries.at(-1)?.one.fails();
      await settle();
    }
    clock.pass(1_000);
    await settle();
    await opens();
    expect(said.at(-1)).toBe("open quic");
  });
  test("a session that was replaced has nothing to say any more", async () => {
    const { said, line, opens } = lines();
    line.open();
    await settle();
    const first = await opens();
    line.leaveQuic();
    await settle();
    const second = await opens();
    expect([said, first.isClosed, line.link === second]).toEqual([["open quic", "open socket"], true, true]);
    first.ears?.item(new Uint8Array(3));
    first.ears?.closed();
    expect(said).toEqual(["open quic", "open socket"]);
    second.ears?.item(new Uint8Array(3));
    expect(said.at(-1)).toBe("item 3");
  });
  test("[A9] leaves QUIC for sockets while the old session still carries, and stays there", async () => {
    const { clock, tries, line, opens } = lines();
    line.open();
    await settle();
    const first = await opens();
    line.leaveQuic();
    await settle();
    expect([tries.map(({ kind }) => kind), line.link === first]).toEqual([["quic", "socket"], true]);
    const second = await opens();
    second.ears?.closed();
    clock.pass(100);
    await settle();
    expect(tries.map(({ kind }) => kind)).toEqual(["quic", "socket", "socket"]);
  });
  test("the server may end the old session before the new one is known here: one try, not two", async () => {
    const { clock, said, line, opens, asked } = lines();
    line.open();
    await settle();
    const first = await opens();
    line.leaveQuic();
    await settle();
    first.ears?.closed();
    clock.pass(3_000);
    await settle();
    expect([said, asked()]).toEqual([["open quic", "lost"], 2]);
    await opens();
    expect(said.at(-1)).toBe("open socket");
  });
  test("a dead session is renewed although it never said that it closed", async () => {
    const { clock, said, line, opens, asked } = lines();
    line.open();
    await settle();
    const first = await opens();
    line.renew();
    expect([said.at(-1), first.isClosed]).toEqual(["lost", true]);
    clock.pass(100);
    await settle();
    expect(asked()).toBe(2);
  });
  test("closed, it tries nothing and takes nothing", async () => {
    const { clock, said, tries, line, opens } = lines();
    line.open();
    await settle();
    line.close();
    const link = await opens();
    clock.pass(60_000);
    await settle();
    expect([said, link.isClosed, tries.length, line.link]).toEqual([[], true, 1, null]);
  });
});

test("[A9] a line is left after five seconds poor under loss, not for being small or lossy alone", () => {
  expect([isPoor(399, 500), isPoor(400, 500)]).toEqual([true, false]);
  const seen = (poor: boolean, loss: number) => {
    const leaving = new Leaving();
    return [0, 4_999, 5_000].map((at) => leaving.seen(poor, loss, at));
  };
  expect(seen(true, 0.011)).toEqual([false, false, true]);
  expect(seen(true, 0.01)).toEqual([false, false, false]);
  expect(seen(false, 0.2)).toEqual([false, false, false]);
  const leaving = new Leaving();
  expect([true, false, true].map((poor, n) => leaving.seen(poor, 0.1, n * 4_000))).toEqual([
    false,
    false,
    false,
  ]);
});

test("[media 6] QUIC for Chromium and Firefox from 153 on; never Safari, whatever it calls itself on a phone", () => {
  const chromium =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  const firefox = (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
  const safari =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.4 Safari/605.1.15";
  const iphoneChrome =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1";
  expect(
    [chromium, firefox(153), firefox(152), safari, iphoneChrome].map((agent) => quicAble(agent, true)),
  ).toEqual([true, true, false, false, false]);
  expect(quicAble(chromium, false)).toBe(false);
});
