/** Who is counted, and the one moment in which a call begins. */
import { expect, test } from "bun:test";
import { type CallId, newId, type PracticeId, type RoomId, type SeatId } from "../../wire/ids.ts";
import type { PresenceChange, SeatKey } from "../signaling/events.ts";
import { Attendance } from "./attendance.ts";

const at = { mono: 0, wall: 0 };
const where = { practice: newId<PracticeId>(), room: newId<RoomId>() };

function watch() {
  const attendance = new Attendance();
  const call = newId<CallId>();
  const say = (what: { t: "present" | "absent"; seat: SeatKey } | { t: "beat" } | { t: "ended" }) =>
    attendance.take({ ...where, call, at, reason: "empty", ...what } as PresenceChange);
  return { attendance, call, say };
}

test("two clients alone are no call; with the therapist it begins, once, whoever goes and comes back", () => {
  const { attendance, call, say } = watch();
  const [one, two] = [newId<SeatId>(), newId<SeatId>()];
  expect(say({ t: "present", seat: one })).toBe(false);
  expect(say({ t: "present", seat: two })).toBe(false);
  expect(say({ t: "present", seat: "practice" })).toBe(true);
  expect(attendance.present(call)).toBe(3);
  expect(say({ t: "beat" })).toBe(false);
  expect(say({ t: "absent", seat: "practice" })).toBe(false);
  expect(attendance.present(call)).toBe(2);
  expect(say({ t: "present", seat: "practice" })).toBe(false);
});

test("the therapist alone is no call; the same seat twice is one", () => {
  const { attendance, call, say } = watch();
  expect(say({ t: "present", seat: "practice" })).toBe(false);
  expect(say({ t: "present", seat: "practice" })).toBe(false);
  expect(attendance.present(call)).toBe(1);
  expect(say({ t: "present", seat: newId<SeatId>() })).toBe(true);
});

test("a call that is over is forgotten", () => {
  const { attendance, call, say } = watch();
  say({ t: "present", seat: "practice" });
  say({ t: "ended" });
  expect(attendance.present(call)).toBe(0);
  expect(attendance.present(newId<CallId>())).toBe(0);
});
