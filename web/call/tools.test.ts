/** [A2, TP1 2.9] The therapist's tools between the two ends, with hostile messages in between: who may do what is decided by the reader. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { BOARD_HEIGHT, BOARD_WIDTH, type DataMessage, STROKE_LONGEST } from "../../wire/data.ts";
import type { PeerId } from "../../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps } from "../../wire/junk.testing.ts";
import { decodeSealed, encodeSealed, type ToClient, toClient } from "../../wire/sealed.ts";
import { breathAt } from "./breath.ts";
import { LINES_AGAIN_MS, LINES_BURST, LINES_EACH_MS, LINES_MS } from "./lines-asked.ts";
import { HandClock } from "./testing/hand-clock.ts";
import {
  begin,
  end,
  mine,
  openClient,
  openDesk,
  openRoom,
  other,
  clock as practiceClock,
  settle,
} from "./testing/practice.ts";
import { type Board, type BoardMessage, PUMP_MS, READ_BURST } from "./tools-board.ts";
import { BREATH_SAY_MS, HostTools } from "./tools-host.ts";
import { POINTS_EACH_MAX, STROKES_EACH_MAX } from "./tools-ink.ts";
import { MemberTools } from "./tools-member.ts";
import { pack, unpack } from "./tools-points.ts";

const peer = (n: number) => `${n}`.repeat(32) as PeerId;

/** Two clients at the therapist's tools; every board message goes to all others, as stream 15 does. */
function table() {
  const clock = new HandClock();
  const inside: { slot: number; receive: (message: BoardMessage, from: number) => void }[] = [];
  const wire: DataMessage[] = [];
  const line = { takes: true, late: 0 };
  /** Slots that hear nothing of stream 15. */
  const deaf = new Set<number>();
  const sendOf = (slot: number) => (message: DataMessage) => {
    if (!line.takes) return false;
    wire.push(message);
    for (const one of inside)
      if (one.slot !== slot && !deaf.has(one.slot)) one.receive(message as BoardMessage, slot);
    return true;
  };
  const host = new HostTools(clock, sendOf(0));
  inside.push({ slot: 0, receive: (message, from) => host.board.receive(message, from) });
  const told: ToClient[] = [];
  const come = (slot: number) => {
    const tools = new MemberTools(clock, sendOf(slot));
    tools.sit(slot, (message) => {
      if (message.t === "rated") host.heard(peer(slot), message);
      else if (message.t === "lines") host.asked(peer(slot), message.board);
    });
    inside.push({ slot, receive: (message, from) => tools.board.receive(message, from) });
    host.join(peer(slot), slot, (message) => {
      const read = decodeSealed(toClient, encodeSealed(message));
      if (read) told.push(read);
      const give = () => read?.t === "tools" && tools.receive(read);
      if (line.late > 0) clock.after(line.late, give);
      else give();
    });
    return tools;
  };
  return { clock, host, come, wire, told, line, deaf };
}

describe("the scale", () => {
  test("each answers to the therapist alone; shared, the values stand without names", () => {
    const { host, come, told } = table();
    const [a, b] = [come(1), come(2)];
    host.askScale("  Wie fest ist der Boden?  ");
    expect(a.state.get().scale).toMatchObject({
      question: "Wie fest ist der Boden?",
      mine: null,
      shared: null,
    });
    a.answer(9);
    b.answer(2);
    b.answer(3);
    expect(host.state.get().scale?.answers).toEqual([
      { slot: 1, value: 9 },
      { slot: 2, value: 3 },
    ]);
    expect(JSON.stringify(told)).not.toContain('"shared":[');
    expect([a.state.get().scale?.mine, b.state.get().scale?.shared]).toEqual([9, null]);
    host.shareScale(true);
    expect(a.state.get().scale?.shared).toEqual([3, 9]);
    host.closeScale();
    expect([a.state.get().scale, b.state.get().scale]).toEqual([null, null]);
  });
  test("answers that come after the press are shown together: when all have answered and three are new, or by the next press", () => {
    const { host, come } = table();
    const [a, b, c] = [come(1), come(2), come(3)];
    const seen = () => c.state.get().scale?.shared;
    const fresh = () => host.state.get().scale?.fresh;
    host.askScale("");
    host.shareScale(true);
    a.answer(9);
    b.answer(2);
    expect([seen(), fresh()]).toEqual([[], 2]);
    c.answer(5);
    expect([seen(), fresh()]).toEqual([[2, 5, 9], 0]);
    // another answer, and the same one again, are nobody's to see
    b.answer(3);
    b.answer(3);
    expect([seen(), fresh()]).toEqual([[2, 5, 9], 1]);
    host.shareScale(true);
    b.answer(3);
    expect([seen(), fresh()]).toEqual([[3, 5, 9], 0]);
    const d = come(4);
    expect(d.state.get().scale?.shared).toEqual([3, 5, 9]);
    for (const [each, value] of [
      [a, 1],
      [b, 1],
      [c, 1],
    ] as const)
      each.answer(value);
    expect([seen(), fresh()]).toEqual([[3, 5, 9], 3]);
    d.answer(0);
    expect([seen(), fresh()]).toEqual([[0, 1, 1, 1], 0]);
    host.shareScale(false);
    a.answer(1);
    expect(seen()).toBe(null);
  });
  test("of two, nothing is ever shown without a press", () => {
    const { host, come } = table();
    const [a, b] = [come(1), come(2)];
    host.askScale("");
    host.shareScale(true);
    for (const value of [1, 2, 3]) for (const each of [a, b]) each.answer(value);
    expect(a.state.get().scale?.shared).toEqual([]);
    host.shareScale(true);
    expect(a.state.get().scale?.shared).toEqual([3, 3]);
  });
  test("an answer to a question that is closed, of somebody who is out, or of nobody, counts for nothing", () => {
    const { host, come } = table();
    come(1);
    host.askScale("");
    const id = host.state.get().scale?.id ?? 0;
    host.heard(peer(5), { t: "rated", id, value: 4 });
    host.heard(peer(1), { t: "rated", id: id - 1, value: 4 });
    expect(host.state.get().scale?.answers).toEqual([]);
    host.leave(peer(1));
    host.heard(peer(1), { t: "rated", id, value: 4 });
    host.askScale("Neu");
    host.heard(peer(1), { t: "rated", id, value: 4 });
    expect(host.state.get().scale?.answers).toEqual([]);
  });
  test("a long question is bounded, and a new one asks anew", () => {
    const { host, come } = table();
    const a = come(1);
    host.askScale("x".repeat(500));
    expect(a.state.get().scale?.question).toHaveLength(120);
    a.answer(0);
    host.askScale("Noch einmal");
    expect(a.state.get().scale?.mine).toBe(null);
  });
});

describe("the breath", () => {
  test("in step on all screens, also for who comes late or is told late", () => {
    const { host, come, clock, line } = table();
    const a = come(1);
    clock.pass(5_000);
    host.startBreath({ in: 4, hold: 2, out: 6 });
    clock.pass(3_300);
    line.late = 2_000;
    const b = come(2);
    clock.pass(2_000);
    expect(b.state.get().breath?.since).toBe(7_000);
    line.late = 0;
    clock.pass(BREATH_SAY_MS);
    expect([a, b].map((each) => each.state.get().breath?.since)).toEqual([5_000, 5_000]);
    line.late = 3_000;
    clock.pass(BREATH_SAY_MS + 3_000);
    expect(b.state.get().breath?.since).toBe(5_000);
    line.late = 0;
    host.stopBreath();
    expect([a.state.get().breath, clock.pending]).toEqual([null, 0]);
  });
  test("counts each part from one, and fills and empties", () => {
    const pattern = { in: 4, hold: 2, out: 6 };
    const at = (ms: number) => breathAt(pattern, ms);
    expect([at(0), at(3_999).count, at(4_000)]).toEqual([
      { part: "in", count: 1, full: 0 },
      4,
      { part: "hold", count: 1, full: 1 },
    ]);
    expect([at(6_000).part, at(11_999).count, at(12_000).part, at(-5).count]).toEqual(["out", 6, "in", 1]);
    expect(breathAt({ in: 5, hold: 0, out: 5 }, 5_000).part).toBe("out");
    expect(breathAt({ in: 0, hold: 0, out: 0 }, 99).count).toBe(1);
  });
});

describe("the whiteboard", () => {
  const points = (...all: number[]) => all;
  const lines = (board: Board) =>
    board.state.get().strokes.map(({ of, points }) => `${of}:${points.join(",")}`);

  test("lines go both ways, grow, and only their owner takes them back", () => {
    const { host, come, clock } = table();
    const [a, b] = [come(1), come(2)];
    a.board.begin(0, 0);
    expect(a.board.state.get().id).toBe(null);
    host.openBoard();
    a.board.begin(1, 2);
    a.board.draw(points(1, 2));
    a.board.draw(points(3, 4));
    clock.pass(PUMP_MS);
    host.board.begin(0, 0);
    host.board.draw(points(9, 9));
    clock.pass(PUMP_MS);
    for (const each of [host.board, a.board, b.board])
      expect(lines(each).sort()).toEqual(["0:9,9", "1:1,2,3,4"]);
    b.board.undo();
    expect(lines(host.board)).toHaveLength(2);
    a.board.finish();
    a.board.undo();
    clock.pass(PUMP_MS);
    for (const each of [host.board, b.board]) expect(lines(each)).toEqual(["0:9,9"]);
    host.openBoard();
    for (const each of [host.board, a.board, b.board]) expect(lines(each)).toEqual([]);
    host.closeBoard();
    expect(b.board.state.get().id).toBe(null);
  });

  test("who comes late gets everybody's lines of the therapist, and not what was taken back", () => {
    const { host, come, clock } = table();
    host.openBoard();
    const a = come(1);
    for (const x of [1, 2, 3]) {
      a.board.begin(0, 0);
      a.board.draw(points(x, x));
    }
    a.board.undo();
    clock.pass(10 * PUMP_MS);
    const b = come(2);
    clock.pass(LINES_MS);
    expect(lines(b.board)).toEqual(["1:1,1", "1:2,2"]);
    // a page of the same person loaded anew may take its lines back, and draws new ones beside them
    const again = come(1);
    clock.pass(LINES_MS + PUMP_MS);
    again.board.begin(0, 0);
    again.board.draw(points(7, 7));
    again.board.finish();
    expect(lines(again.board)).toEqual(["1:1,1", "1:2,2", "1:7,7"]);
  });

  test("who asks too early, while its keys or its line are not there, gets the lines all the same", () => {
    const { host, come, clock, deaf, wire } = table();
    host.openBoard();
    host.board.begin(0, 0);
    host.board.draw(points(4, 4));
    host.board.finish();
    clock.pass(PUMP_MS);
    deaf.add(2);
    const b = come(2);
    clock.pass(LINES_MS);
    expect(lines(b.board)).toEqual([]);
    deaf.delete(2);
    clock.pass(LINES_AGAIN_MS);
    expect(lines(b.board)).toEqual(["0:4,4"]);
    // asked again and again it is not told more often
    const before = wire.length;
    for (let i = 0; i < 100; i++) host.asked(peer(2), host.board.state.get().id ?? 0);
    host.asked(peer(7), host.board.state.get().id ?? 0);
    clock.pass(LINES_AGAIN_MS + LINES_MS);
    expect(wire.length - before).toBeLessThanOrEqual(3);
  });

  test("[bad input] who asks for the lines every second is told them seldom, and others are told at once meanwhile", () => {
    const { host, come, clock, wire } = table();
    host.openBoard();
    host.board.begin(0, 0);
    host.board.draw(points(4, 4));
    host.board.finish();
    clock.pass(PUMP_MS);
    come(1);
    clock.pass(LINES_MS + LINES_AGAIN_MS);
    const ask = (slot: number) => host.asked(peer(slot), host.board.state.get().id ?? 0);
    const before = wire.length;
    const minutes = 5;
    for (let second = 0; second < 60 * minutes; second++) {
      ask(1);
      clock.pass(1_000);
    }
    // each answer is said twice
    const most = 2 * (LINES_BURST + (60_000 * minutes) / LINES_EACH_MS);
    expect(wire.length - before).toBeLessThanOrEqual(most);
    expect(wire.length - before).toBeGreaterThan(LINES_BURST);
    const other = come(2);
    clock.pass(LINES_MS);
    expect(lines(other.board)).toEqual(["0:4,4"]);
    host.end();
    expect(clock.pending).toBe(0);
  });

  test("a client on a bad line that asks once too often is told the lines when its time comes", () => {
    const { host, come, clock, deaf } = table();
    host.openBoard();
    host.board.begin(0, 0);
    host.board.draw(points(4, 4));
    host.board.finish();
    clock.pass(PUMP_MS);
    deaf.add(1);
    const a = come(1);
    for (let times = 0; times < LINES_BURST; times++) host.asked(peer(1), host.board.state.get().id ?? 0);
    clock.pass(LINES_MS + LINES_AGAIN_MS);
    deaf.delete(1);
    expect(lines(a.board)).toEqual([]);
    clock.pass(LINES_EACH_MS);
    expect(lines(a.board)).toEqual(["0:4,4"]);
  });

  test("a line that was away says all again, once", () => {
    const { host, come, clock, line, wire } = table();
    host.openBoard();
    const a = come(1);
    clock.pass(LINES_AGAIN_MS);
    line.takes = false;
    a.board.begin(0, 0);
    a.board.draw(points(5, 5));
    a.board.draw(points(6, 6));
    clock.pass(PUMP_MS);
    expect([lines(host.board), clock.pending]).toEqual([[], 0]);
    line.takes = true;
    a.board.again();
    expect(lines(host.board)).toEqual(["1:5,5,6,6"]);
    a.board.again();
    clock.pass(9 * PUMP_MS);
    expect([lines(host.board), wire.length]).toEqual([["1:5,5,6,6"], 2]);
  });

  test("[bad input] lines in another's name, of another board, beside the board, or out of order are none", () => {
    const { host, come } = table();
    host.openBoard();
    const a = come(1);
    const board = host.board.state.get().id ?? 0;
    const good = {
      t: "stroke",
      board,
      of: 1,
      n: 5,
      at: 0,
      colour: 0,
      width: 0,
      points: pack([1, 1]),
    } as const;
    const bad: BoardMessage[] = [
      { ...good, of: 0 },
      { ...good, of: 2 },
      { ...good, board: board - 1 },
      { ...good, at: 3 },
      { ...good, points: pack([BOARD_WIDTH + 1, 0]) },
      { ...good, points: pack([0, BOARD_HEIGHT + 1]) },
      { t: "unstroke", board, of: 0, n: 1 },
    ];
    for (const message of bad) host.board.receive(message, 1);
    expect(lines(host.board)).toEqual([]);
    host.board.receive(good, 1);
    host.board.receive({ t: "unstroke", board, of: 1, n: 5 }, 2);
    expect(lines(host.board)).toEqual(["1:1,1"]);
    // what was taken back does not come again with a piece that was late
    host.board.receive({ t: "unstroke", board, of: 1, n: 5 }, 1);
    host.board.receive(good, 1);
    expect(lines(host.board)).toEqual([]);
    // at a client's page: of others only the therapist tells
    a.board.receive({ ...good, of: 2, n: 8 }, 3);
    expect(lines(a.board)).toEqual([]);
    a.board.receive({ ...good, of: 2, n: 8 }, 0);
    expect(lines(a.board)).toEqual(["2:1,1"]);
  });

  test("[bad input] a flood is read at a bounded pace, and nobody takes all the room", () => {
    const { host, clock } = table();
    host.openBoard();
    const board = host.board.state.get().id ?? 0;
    const flood = (n: number, of = 1, count = 1) =>
      host.board.receive(
        { t: "stroke", board, of, n, at: 0, colour: 0, width: 0, points: pack(new Array(2 * count).fill(1)) },
        of,
      );
    for (let n = 0; n < 1_000; n++) flood(n);
    expect(host.board.state.get().strokes).toHaveLength(READ_BURST);
    for (let n = 1_000; n < 3_000; n++) {
      clock.pass(100);
      flood(n);
    }
    expect(host.board.state.get().strokes).toHaveLength(STROKES_EACH_MAX);
    for (let n = 0; n < 300; n++) {
      clock.pass(100);
      flood(n, 2, 512);
    }
    const held = host.board.state.get().strokes.filter(({ of }) => of === 2).length * 512;
    expect(held).toBeLessThanOrEqual(POINTS_EACH_MAX);
    expect(held).toBeGreaterThan(POINTS_EACH_MAX - 512);
    // the therapist draws on
    host.board.begin(0, 0);
    host.board.draw([1, 1]);
    expect([host.board.mine.length, host.board.state.get().full]).toEqual([1, false]);
  });

  test("our own lines have their limits too, and say so", () => {
    const { host } = table();
    host.openBoard();
    host.board.begin(0, 0);
    for (let n = 0; n < STROKE_LONGEST + 10; n++) host.board.draw([n, n]);
    expect(host.board.mine.map(({ points }) => points.length / 2)).toEqual([STROKE_LONGEST, 10]);
    for (let n = 0; n < STROKES_EACH_MAX; n++) {
      host.board.begin(0, 0);
      host.board.draw([1, 1]);
    }
    expect([host.board.mine.length, host.board.state.get().full]).toEqual([STROKES_EACH_MAX, true]);
    host.board.undo();
    expect(host.board.state.get().full).toBe(false);
  });

  test("points as bytes and back", () => {
    const all = [0, 0, BOARD_WIDTH, BOARD_HEIGHT, 17, 2_999];
    expect(unpack(pack(all))).toEqual(all);
  });

  test.each(FUZZ_SEEDS)(
    "[fuzz] messages in any order: bounded, and a good one gets through (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      const { host, clock } = table();
      host.openBoard();
      const board = host.board.state.get().id ?? 0;
      for (let step = fuzzSteps(1_500); step > 0; step--) {
        const name = { board: board + roll(2), of: roll(4), n: roll(5) };
        const bytes = Uint8Array.from({ length: 4 * (1 + roll(9)) }, () => roll(16));
        const message: BoardMessage =
          roll(4) === 0
            ? { t: "unstroke", ...name }
            : { t: "stroke", ...name, at: roll(20), colour: roll(4), width: roll(3), points: bytes };
        host.board.receive(message, 1 + roll(3));
        clock.pass(roll(40));
      }
      const { strokes } = host.board.state.get();
      expect(strokes.length).toBeLessThanOrEqual(15);
      for (const { of, points } of strokes) {
        expect(of).toBeGreaterThan(0);
        expect(points.length % 2).toBe(0);
      }
      clock.pass(10_000);
      host.board.receive(
        { t: "stroke", board, of: 3, n: 99, at: 0, colour: 0, width: 0, points: pack([1, 1]) },
        3,
      );
      expect(lines(host.board)).toContain("3:1,1");
    },
  );
});

describe("in a call", () => {
  beforeEach(begin);
  afterAll(end);

  test("opened by the therapist, seen by all, gone at the end; a page of the therapist loaded anew closes what was open", async () => {
    const desk = openDesk();
    const room = await openRoom(mine.rid, other.rid);
    desk.enter(room);
    const [a, b] = [openClient(), openClient(undefined, other)];
    await settle();
    for (const client of [a, b]) client.join();
    await settle();
    for (const client of [a, b]) client.call.enterGroup();
    for (let i = 0; i < 20; i++) await settle();
    desk.desk.tools.askScale("Wie geht es?");
    desk.desk.tools.openBoard();
    await settle();
    a.call.tools.answer(7);
    a.call.tools.board.begin(0, 0);
    a.call.tools.board.draw([5, 5]);
    practiceClock.pass(1_000);
    await settle();
    expect(desk.desk.tools.state.get().scale?.answers.map(({ value }) => value)).toEqual([7]);
    expect(b.call.tools.board.state.get().strokes.map(({ of }) => of)).toEqual([1]);
    expect(b.call.tools.state.get().scale).toMatchObject({
      question: "Wie geht es?",
      mine: null,
      shared: null,
    });
    desk.desk.hangUp();
    await settle();
    for (const { tools } of [a.call, b.call, desk.desk])
      expect([tools.state.get().scale, tools.board.state.get()]).toEqual([
        null,
        { id: null, strokes: [], full: false },
      ]);
  });
});
