/** What decides what is decoded, painted and asked for (A2, A6, A7, media.md 12). */
import { describe, expect, test } from "bun:test";
import { Age } from "./age.ts";
import { Asking } from "./asking.ts";
import { Chain, Known } from "./chain.ts";
import { HeightCap, Lateness } from "./overload.ts";
import { holdMs } from "./sync.ts";
import { View } from "./view.ts";

describe("[A6] dep", () => {
  /** What a sender with two temporal layers says of ten frames, a key frame first. */
  const said = () => {
    const chain = new Chain();
    return Array.from({ length: 10 }, (_, ctr) => {
      const temporal = ctr % 2;
      const dep = chain.dep(ctr === 0);
      chain.sealed(temporal);
      return { ctr, temporal, dep: dep ?? -1 };
    });
  };
  const decoded = (frames: readonly { ctr: number; dep: number }[]) => {
    const known = new Known();
    return frames.filter(({ ctr, dep }) => {
      const fits = known.fits(ctr, dep) === "yes";
      if (fits) known.decoded(ctr);
      return fits;
    }).length;
  };

  test("everything decodes, and so does what is left when any droppable frame is dropped", () => {
    expect(decoded(said())).toBe(10);
    expect(decoded(said().filter(({ temporal }) => temporal === 0))).toBe(5);
    expect(decoded(said().filter(({ ctr }) => ctr !== 3))).toBe(9);
  });
  test("without one that is needed nothing after it does, up to a key frame", () => {
    const rest = said().filter(({ ctr }) => ctr !== 4);
    expect(decoded(rest)).toBe(4);
    expect(decoded([...rest, { ctr: 10, dep: 0 }, { ctr: 11, dep: 1 }])).toBe(6);
  });
  test("an older one never follows a newer one", () => {
    const known = new Known();
    known.decoded(5);
    expect(known.fits(5, 0)).toBe("old");
    expect(known.fits(4, 0)).toBe("old");
  });
  test("a reference that was never sent makes a key frame due", () => {
    const chain = new Chain();
    expect(chain.dep(false)).toBeNull();
    chain.sealed(0);
    expect(chain.dep(false)).toBe(1);
    chain.broken();
    expect(chain.dep(false)).toBeNull();
    expect(chain.dep(true)).toBe(0);
  });
  test("a new decoder knows nothing of what the old one saw", () => {
    const known = new Known();
    known.decoded(7);
    known.forget();
    expect(known.fits(8, 1)).toBe("gap");
    expect(known.fits(8, 0)).toBe("yes");
  });
});

test("[A6] a key frame is asked for at once and then once a second, each stream by itself", () => {
  const asking = new Asking();
  expect([0, 999, 1_000].map((at) => asking.may("1 1", at))).toEqual([true, false, true]);
  expect(asking.may("1 2", 1_000)).toBe(true);
  asking.done("1 1");
  expect(asking.may("1 1", 1_001)).toBe(true);
});

describe("age", () => {
  test("is counted from the fastest of the last ten seconds", () => {
    const age = new Age();
    expect(age.of(1_000_000, 5_040)).toBe(0);
    expect(age.of(2_000_000, 6_030)).toBe(0);
    expect(age.of(3_000_000, 7_130)).toBe(100);
  });
  test("a way that has become slower for good is forgotten in time, not at once", () => {
    const age = new Age();
    age.of(0, 0);
    const late = Array.from({ length: 16 }, (_, s) => age.of((s + 1) * 1e6, (s + 1) * 1_000 + 300));
    expect(late.slice(0, 4)).toEqual([300, 300, 300, 300]);
    expect(late.at(-1)).toBe(0);
  });
});

describe("[A7] overload", () => {
  test("250 ms old is decoded; older for longer than a moment is not", () => {
    const one = new Lateness();
    expect([0, 100, 1_000].map((now) => one.judge(250, 0, now))).toEqual(["decode", "decode", "decode"]);
    expect([1_000, 1_199, 1_200].map((now) => one.judge(251, 0, now))).toEqual(["decode", "decode", "drop"]);
  });
  test("a burst after a short stall is decoded", () => {
    const one = new Lateness();
    const burst = [400, 367, 333, 300, 267, 233].map((age, n) => one.judge(age, 0, n * 2));
    expect(burst).toEqual(Array(6).fill("decode"));
  });
  test("nothing older than 500 ms is decoded, nor anything while more than three wait in the decoder", () => {
    expect(new Lateness().judge(500, 0, 0)).toBe("decode");
    expect(new Lateness().judge(501, 0, 0)).toBe("drop");
    expect(new Lateness().judge(0, 3, 0)).toBe("decode");
    expect(new Lateness().judge(0, 4, 0)).toBe("drop");
  });
  test("where everything is late for two seconds the way is slower, and counts anew", () => {
    const one = new Lateness();
    expect([0, 1_999, 2_000].map((now) => one.judge(700, 0, now))).toEqual(["drop", "drop", "rebase"]);
    expect(one.judge(0, 0, 2_033)).toBe("decode");
  });
  test("the height falls below that of what is late, not twice within a second, and rises after 15 s", () => {
    const cap = new HeightCap();
    expect(cap.cap(0)).toBe(Infinity);
    cap.behind(720, 0);
    expect(cap.cap(0)).toBe(360);
    cap.behind(360, 999);
    expect(cap.cap(999)).toBe(360);
    cap.behind(720, 1_000);
    expect(cap.cap(1_000)).toBe(360);
    cap.behind(360, 1_000);
    expect(cap.cap(1_000)).toBe(180);
    expect(cap.cap(15_999)).toBe(180);
    expect(cap.cap(16_000)).toBe(360);
    expect(cap.cap(31_000)).toBe(Infinity);
  });
  test("at once to the smallest where a middle one is late", () => {
    const cap = new HeightCap();
    cap.behind(360, 0);
    expect(cap.cap(0)).toBe(180);
    cap.behind(180, 5_000);
    expect(cap.cap(5_000)).toBe(180);
  });
});

test("[A2] a picture is painted at once while it leads the sound by up to 120 ms; beyond that it is held, and never for long", () => {
  const at = (leadMs: number) => holdMs(10_000_000 + leadMs * 1_000, 10_000_000);
  expect([-500, 0, 120].map(at)).toEqual([0, 0, 0]);
  expect([121, 200, 900].map(at)).toEqual([1, 80, 250]);
  expect(at(1_001)).toBe(0);
  expect(holdMs(10_000_000, null)).toBe(0);
});

describe("[media 12] the view", () => {
  const want = { slot: 2, screen: false, height: 540.4, rank: 0 };
  const told = { t: "view", wants: [{ slot: 2, screen: 0, height: 540, rank: 0 }] } as const;

  test("is told when it changes, and once more to a new session", () => {
    const view = new View();
    view.set([want]);
    expect(view.message(Infinity, 0)).toEqual({ ...told, wants: [...told.wants] });
    expect(view.message(Infinity, 1)).toBeNull();
    view.forgotten();
    expect(view.message(Infinity, 2)).not.toBeNull();
  });
  test("[A7] asks no camera higher than this device can, but a screen as it is", () => {
    const view = new View();
    view.set([want, { ...want, screen: true }]);
    expect(view.message(180, 0)?.wants.map(({ height }) => height)).toEqual([180, 540]);
  });
  test("asks for nothing after five seconds in the background, and for everything on return", () => {
    const view = new View();
    view.set([want]);
    view.message(Infinity, 0);
    view.hide(true, 0);
    view.hide(true, 3_000);
    expect(view.message(Infinity, 4_999)).toBeNull();
    expect(view.message(Infinity, 5_000)?.wants).toEqual([]);
    expect(view.wants(2, false, 5_000)).toBe(false);
    view.hide(false, 9_000);
    expect(view.message(Infinity, 9_000)?.wants).toHaveLength(1);
    expect(view.wants(2, false, 9_000)).toBe(true);
    expect(view.wants(2, true, 9_000)).toBe(false);
  });
});
