/** A problem report has nothing of who or what in it, whatever the browser calls itself. */
import { expect, test } from "bun:test";
import { problemOf, withNote } from "./problem.ts";

const facts = {
  way: "direct" as const,
  secured: { version: "1.3", dtls: "x", srtp: null, servers: ["secret.example"] },
  breaks: Array.from({ length: 99 }, (_, at) => at * 1_000),
  errors: [
    { code: "line.broken", count: 2 },
    { code: "Mila Mai", count: 1 },
  ],
};
const machine = {
  browser: "Chrome",
  version: "138.0.7204.92",
  system: "Windows",
  script: "https://praxis.example/assets/client-B8x_3q-D.js",
  devices: [
    { kind: "videoinput" as const, label: "Kamera von Mila", deviceId: "1234" },
    { kind: "audioinput" as const },
  ],
};

test("browser, way, interruptions and kinds of devices; no names, ids, hosts or words that are not ours", () => {
  const report = problemOf("client", facts, 50, machine);
  expect(report).toMatchObject({
    side: "client",
    browser: "Chrome 138.0",
    system: "Windows",
    page: "client-B8x_3q-D.js",
    way: "direct",
    minutes: 50,
    devices: { cameras: 1, microphones: 1, loudspeakers: 0 },
    errors: [{ code: "line.broken", count: 2 }],
  });
  expect(report.breaks).toHaveLength(50);
  expect(JSON.stringify(report)).not.toMatch(/Mila|1234|secret|praxis/);
});

test("[bad input] a browser with a strange name is none, and a note is cut", () => {
  const odd = {
    ...machine,
    browser: "<b>Mila</b>",
    system: "mila@mai.example",
    script: "https://x/j#secret",
  };
  expect(problemOf("client", facts, null, odd)).toMatchObject({
    browser: "",
    system: "",
    page: "",
    minutes: 0,
  });
  expect(withNote(problemOf("client", facts, 1, machine), ` ${"x".repeat(900)}`).note).toHaveLength(500);
});
