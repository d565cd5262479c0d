/** When a machine is too slow for the blur: [issue 7.9]. */
import { expect, test } from "bun:test";
import { LIMITS, Strain } from "./strain.ts";

/** Ten seconds and a little, told once a second; each frame takes `ms`. Gives the last verdict that was not "fine". */
function seconds(strain: Strain, from: number, fps: number, ms: number, seen = true) {
  for (let at = from; at <= from + LIMITS.spanMs; at += 1_000) {
    const verdict = strain.take(
      at,
      Array.from({ length: fps }, () => ms),
      seen,
    );
    if (verdict.t !== "fine") return verdict;
  }
  return { t: "fine" };
}

test("a machine that keeps up is left alone, for an hour", () => {
  const strain = new Strain();
  for (let minute = 0; minute < 60; minute++)
    expect(seconds(strain, minute * 60_000, 30, 20)).toEqual({ t: "fine" });
});

test("slow frames: looks for the person less often, less often still, then gives up", () => {
  const strain = new Strain();
  expect(seconds(strain, 0, 20, 80)).toEqual({ t: "ease", every: 2 });
  expect(seconds(strain, 20_000, 20, 80)).toEqual({ t: "ease", every: 3 });
  expect(seconds(strain, 40_000, 20, 80)).toEqual({ t: "slow" });
});

test("easing that helps is where it stays", () => {
  const strain = new Strain();
  expect(seconds(strain, 0, 20, 80)).toEqual({ t: "ease", every: 2 });
  for (let span = 1; span < 20; span++) expect(seconds(strain, span * 11_000, 30, 30)).toEqual({ t: "fine" });
});

test("few frames are the machine's fault only while it is busy: a camera in the dark gives few by itself", () => {
  expect(seconds(new Strain(), 0, 10, 20)).toEqual({ t: "fine" });
  expect(seconds(new Strain(), 0, 12, 60)).toEqual({ t: "ease", every: 2 });
});

test("one bad moment in ten seconds is forgiven, and a hidden page is not judged", () => {
  const strain = new Strain();
  strain.take(0, []);
  for (let at = 1_000; at < 10_000; at += 1_000)
    strain.take(
      at,
      Array.from({ length: 30 }, () => 20),
    );
  expect(strain.take(10_000, [400, 300, 200])).toEqual({ t: "fine" });
  expect(seconds(new Strain(), 0, 1, 900, false)).toEqual({ t: "fine" });
});
