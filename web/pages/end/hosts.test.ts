/** The computers named on the privacy receipt. */
import { expect, test } from "bun:test";
import { hostsOf } from "./hosts.ts";

const own = { host: "praxis.example", hostname: "praxis.example" };

test("[R12] every computer is named once, a foreign one too, and pictures of the page's own are none", () => {
  const entries = [
    "https://praxis.example/a.js",
    "blob:https://praxis.example/1",
    "data:,x",
    "/b.css",
    "http://",
  ];
  const more = { servers: ["praxis.example:3478"], quic: true };
  expect(hostsOf(own, entries, more)).toEqual([
    "praxis.example",
    "praxis.example:3478",
    "praxis.example (UDP)",
  ]);
  expect(hostsOf(own, ["https://cdn.example/x"], { servers: [], quic: false })).toEqual([
    "praxis.example",
    "cdn.example",
  ]);
});
