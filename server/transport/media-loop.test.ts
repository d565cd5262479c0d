/** The loop around the core: who may open a session, what the core hears and when, and that nothing of it throws. */
import { beforeEach, describe, expect, test } from "bun:test";
import { CLOSE } from "../../wire/close.ts";
import { type CallId, newId } from "../../wire/ids.ts";
import type { Effect } from "../sfu/events.ts";
import type { MediaEars, MediaLink } from "./media-link.ts";
import { HELD_MAX_BYTES, RACE_MS, SESSIONS_MAX, SESSIONS_PER_CALL, SILENT_MS } from "./media-loop.ts";
import { Hall } from "./testing/hall.ts";

/** A session in the test's hand. */
class Line implements MediaLink {
  readonly kind: "quic" | "socket";
  readonly did: string[] = [];
  ears: MediaEars | null = null;
  holds = 0;
  code: number | null = null;
  constructor(kind: "quic" | "socket" = "quic") {
    this.kind = kind;
  }
  listen(ears: MediaEars): void {
    this.ears = ears;
  }
  loose(items: readonly Uint8Array[]): void {
    this.did.push(`loose ${items.length}`);
  }
  sure(): void {
    this.did.push("sure");
  }
  picture(group: number): void {
    this.did.push(`picture ${group}`);
  }
  groupEnd(group: number, cut: boolean): void {
    this.did.push(`end ${group} ${cut}`);
  }
  held(): number {
    return this.holds;
  }
  close(code: number): void {
    this.code ??= code;
  }
}

let hall: Hall;
beforeEach(() => {
  hall = new Hall();
});

const item = new Uint8Array([1]);
function open(pass = hall.pass(), kind: "quic" | "socket" = "quic"): Line {
  const line = new Line(kind);
  hall.loop.open(line, pass);
  return line;
}

describe("who may open a session", () => {
  test("[T2] only a place that signaling has named, as long as it does", () => {
    expect(open(hall.pass(9)).code).toBe(CLOSE.expired.code);
    expect(open({ ...hall.pass(), call: newId<CallId>() }).code).toBe(CLOSE.expired.code);
    expect(open().code).toBeNull();
    hall.loop.placed({ t: "unseated", call: hall.call, slot: 1 });
    expect(open().code).toBe(CLOSE.expired.code);
    hall.loop.placed({ t: "ended", call: hall.call });
    expect(open(hall.pass(0)).code).toBe(CLOSE.expired.code);
  });

  test.each([
    ["quic", "socket"],
    ["socket", "quic"],
  ] as const)(
    "[T11] of a page's race the first stays: %s, then %s; later the page may change its way",
    (first, second) => {
      const winner = open(hall.pass(), first);
      hall.skip = RACE_MS - 1;
      expect(open(hall.pass(), second).code).toBe(CLOSE.replaced.code);
      for (const pass of [hall.pass(0), hall.pass(1, "up")]) expect(open(pass, second).code).toBeNull();
      expect(open(hall.pass(), first).code).toBeNull();
      hall.skip = RACE_MS;
      winner.ears?.closed();
      hall.skip = 2 * RACE_MS;
      expect(open(hall.pass(), second).code).toBeNull();
    },
  );

  test("[T4] a call has 64 sessions, not one more; another call is not touched", () => {
    for (let n = 0; n < SESSIONS_PER_CALL; n++) expect(open().code).toBeNull();
    expect(open().code).toBe(CLOSE.full.code);
    const call = newId<CallId>();
    hall.loop.placed({ t: "seated", call, slot: 1 });
    expect(open({ ...hall.pass(), call }).code).toBeNull();
  });

  test("[T4] and there is an end to all of them", () => {
    for (let n = 0; n < SESSIONS_MAX / SESSIONS_PER_CALL; n++) {
      const call = newId<CallId>();
      hall.loop.placed({ t: "seated", call, slot: 1 });
      for (let each = 0; each < SESSIONS_PER_CALL; each++) open({ ...hall.pass(), call });
    }
    expect(hall.loop.sessions).toBe(SESSIONS_MAX);
    expect(open().code).toBe(CLOSE.full.code);
  });
});

describe("what the core decides", () => {
  test("is carried out in its order, on the session that it names", () => {
    const [one, two] = [open(), open()];
    const [first, second] = hall.all("opened").map(({ link }) => link);
    if (!first || !second) throw new Error("not opened");
    hall.act(
      { t: "picture", link: second, group: 3, item },
      { t: "group-end", link: second, group: 3, cut: true },
      { t: "loose", link: first, items: [item, item] },
      { t: "sure", link: second, item },
      { t: "count", what: "late" },
    );
    expect([one.did, two.did]).toEqual([["loose 2"], ["picture 3", "end 3 true", "sure"]]);
    expect(hall.loop.counts).toEqual({ late: 1 });
  });

  test("may be about a session that has just gone: nothing happens", () => {
    const line = open();
    const { link } = hall;
    line.ears?.closed();
    hall.act({ t: "sure", link, item }, { t: "close", link, word: "replaced" });
    expect([line.did, line.code, hall.loop.counts]).toEqual([[], null, {}]);
  });

  test("what comes while it is carried out waits until all of it is done", () => {
    const line = open();
    const { link } = hall;
    line.sure = () => {
      line.did.push("sure");
      line.ears?.item(item);
    };
    hall.answer = (event): Effect[] => (event.t === "item" ? [{ t: "loose", link, items: [item] }] : []);
    hall.act({ t: "sure", link, item }, { t: "picture", link, group: 1, item });
    expect(line.did).toEqual(["sure", "picture 1", "loose 1"]);
  });

  test("[T7] after it the core hears once per session what is held, and again when that has fallen", () => {
    const line = open();
    const { link } = hall;
    line.holds = 700;
    hall.act({ t: "sure", link, item }, { t: "sure", link, item });
    line.holds = 300;
    line.ears?.fell();
    expect(hall.all("held").map(({ bytes }) => bytes)).toEqual([700, 300]);
    line.holds = HELD_MAX_BYTES;
    hall.act({ t: "sure", link, item });
    expect(line.code).toBeNull();
    line.holds += 1;
    hall.act({ t: "sure", link, item });
    expect([line.code, hall.loop.sessions]).toEqual([CLOSE.lost.code, 0]);
  });

  test("an error in it ends the session that brought it, is logged without its text, and the others go on", () => {
    const [bad, good] = [open(), open()];
    hall.answer = (event) => {
      if (event.t === "item" && event.item.length === 2) throw new TypeError("a secret");
      return [];
    };
    bad.ears?.item(new Uint8Array(2));
    good.ears?.item(item);
    expect([bad.code, good.code]).toEqual([CLOSE.bug.code, null]);
    expect(hall.items.at(-1)).toEqual(item);
    const line = hall.lines.find((text) => text.includes("media.bug"));
    expect(line).toContain('"error":"TypeError"');
    expect(line).not.toContain("secret");
  });
});

describe("time", () => {
  test("ticks while there is a session, and not without one", () => {
    expect(hall.ticks.size).toBe(0);
    const lines = [open(), open()];
    expect(hall.ticks.size).toBe(1);
    hall.tick();
    expect(hall.all("tick")).toHaveLength(1);
    for (const line of lines) line.ears?.closed();
    expect(hall.ticks.size).toBe(0);
    open();
    expect(hall.ticks.size).toBe(1);
  });

  test("[T8] each session is silent by itself", () => {
    const [one, two] = [open(), open()];
    hall.skip = SILENT_MS - 1;
    one.ears?.item(item);
    hall.tick();
    expect([one.code, two.code]).toEqual([null, null]);
    hall.skip += SILENT_MS / 10;
    hall.tick();
    expect([one.code, two.code]).toEqual([null, CLOSE.lost.code]);
  });
});

test("after `closed` a session is not heard any more, and is told gone once", () => {
  const line = open();
  line.ears?.closed();
  line.ears?.closed();
  line.ears?.item(item);
  line.ears?.fell();
  line.ears?.broke("garbage");
  expect(hall.heard.map(({ t }) => t).slice(3)).toEqual(["opened", "closed"]);
  expect(line.code).toBeNull();
});
