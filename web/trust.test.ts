/** Only scripts of our own origin may start a worker. */
import { expect, test } from "bun:test";
import { own } from "./trust.ts";

const base = "https://praxis.example/profile";

test("[e2ee 1.3] own scripts pass, foreign ones and data do not", () => {
  expect(own("/assets/argon.worker-1.js", base)).toBe("https://praxis.example/assets/argon.worker-1.js");
  for (const url of [
    "https://evil.example/x.js",
    "//evil.example/x.js",
    "data:text/javascript,1",
    "blob:null/1",
  ])
    expect(() => own(url, base)).toThrow(TypeError);
});
