/** What the list of sessions says of a browser. */
import { expect, test } from "bun:test";
import { agentOf } from "./agent.ts";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox · Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari · iOS",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "Chrome · Windows",
  ],
  ["", ""],
  ["x".repeat(401), ""],
  [null, ""],
])("%p is %p", (header, words) => {
  expect(agentOf(header)).toBe(words);
});

test("a made-up header brings no markup and no length along", () => {
  for (const header of ["<script>alert(1)</script>/1", `${"y".repeat(300)}/9`, "Anna Muster's own browser"]) {
    expect(agentOf(header)).toMatch(/^[\p{L}\d .-]{0,24}( · [\p{L}\d .-]{0,24})?$/u);
  }
});
