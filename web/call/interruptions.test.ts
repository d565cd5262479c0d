/** How often and how long a line was interrupted (A4). */
import { expect, test } from "bun:test";
import { Interruptions } from "./interruptions.ts";

test("[AT4] each interruption is counted once, with its length, and told once", () => {
  const breaks = new Interruptions();
  breaks.see(false, 0);
  breaks.see(true, 1_000);
  breaks.see(true, 2_000);
  expect(breaks.lengths(3_000)).toEqual([2_000]);
  expect(breaks.news()).toEqual({ breaks: 0, lost: 0 });
  breaks.see(false, 4_600);
  expect(breaks.news()).toEqual({ breaks: 1, lost: 4 });
  expect(breaks.news()).toEqual({ breaks: 0, lost: 0 });
  breaks.see(true, 10_000);
  breaks.stop(12_000);
  breaks.stop(20_000);
  expect([breaks.news(), breaks.lengths(99_000)]).toEqual([{ breaks: 1, lost: 2 }, [3_600, 2_000]]);
});

test("[bad input] a line that flickers for hours is bounded", () => {
  const breaks = new Interruptions();
  for (let at = 0; at < 5_000; at++) breaks.see(at % 2 === 0, at);
  expect(breaks.lengths(5_000)).toHaveLength(200);
});
