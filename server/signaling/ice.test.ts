import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { createIce, TURN_SECONDS } from "./ice.ts";

const now = { mono: 0, wall: 1_800_000_000_999 };
const stun = { host: "praxis.example", port: 3478 };

test("[R12] without TURN only our own STUN is named, and nothing where it is off", () => {
  expect(createIce({ stun, turn: null, newUser: () => "x" })(now)).toEqual([
    { urls: "stun:praxis.example:3478" },
  ]);
  expect(createIce({ stun: null, turn: null, newUser: () => "x" })(now)).toEqual([]);
  const six = createIce({ stun: { host: "2001:db8::1", port: 1 }, turn: null, newUser: () => "x" })(now);
  expect(six).toEqual([{ urls: "stun:[2001:db8::1]:1" }]);
});

test("TURN credentials end after at most six hours, belong to nobody, and verify as coturn does", () => {
  const turn = { url: "turn:praxis.example:3478?transport=udp", secret: "shared" };
  let user = 0;
  const ice = createIce({ stun: null, turn, newUser: () => `u${user++}` });
  const [first, second] = [ice(now)[0], ice(now)[0]];
  expect(first).not.toEqual(second);
  const { username = "", credential } = first as { username?: string; credential?: string };
  expect(Number(username.split(":")[0])).toBe(1_800_000_000 + TURN_SECONDS);
  expect(TURN_SECONDS).toBeLessThanOrEqual(6 * 3600);
  expect(credential).toBe(createHmac("sha1", "shared").update(username).digest("base64"));
});
