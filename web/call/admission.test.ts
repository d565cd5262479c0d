/** product.md "Admission": each sentence of the rule is a test. */
import { expect, test } from "bun:test";
import { admissionOf, type Knock } from "./admission.ts";

const knock: Knock = {
  by: "link",
  oneByOne: false,
  room: "r1",
  entered: "r1",
  known: false,
  recent: false,
  seatTaken: false,
};

test("by link a client enters by itself, on a new device too", () => {
  expect(admissionOf(knock)).toBe("enter");
  expect(admissionOf({ ...knock, known: true })).toBe("enter");
});

test("by code a new device needs one tap, a known one enters by itself; one by one it needs a tap too", () => {
  expect(admissionOf({ ...knock, by: "code" })).toBe("ask");
  expect(admissionOf({ ...knock, by: "code", known: true })).toBe("enter");
  expect(admissionOf({ ...knock, by: "code", known: true, oneByOne: true })).toBe("ask");
  expect(admissionOf({ ...knock, by: "code", room: "r2" })).toBe("wait");
});

test("only into the room whose call page is open; everybody else waits", () => {
  expect(admissionOf({ ...knock, entered: null })).toBe("wait");
  expect(admissionOf({ ...knock, entered: "r2" })).toBe("wait");
  expect(admissionOf({ ...knock, room: null, entered: null })).toBe("wait");
});

test("one by one: always a tap", () => {
  expect(admissionOf({ ...knock, oneByOne: true })).toBe("ask");
  expect(admissionOf({ ...knock, oneByOne: true, known: true })).toBe("ask");
});

test("[A5] one by one, but in this call a moment ago: by itself on the same device, on another one by a tap", () => {
  expect(admissionOf({ ...knock, oneByOne: true, recent: true, known: true })).toBe("enter");
  expect(admissionOf({ ...knock, oneByOne: true, recent: true })).toBe("ask");
  expect(admissionOf({ ...knock, oneByOne: true, recent: true, known: true, room: "r2" })).toBe("wait");
});

test("while a seat is taken a known device takes it over, an unknown one waits for a tap", () => {
  expect(admissionOf({ ...knock, seatTaken: true, known: true })).toBe("enter");
  expect(admissionOf({ ...knock, seatTaken: true })).toBe("ask");
});
