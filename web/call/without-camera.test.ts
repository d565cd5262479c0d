/** Taking part with sound alone: the camera is not even asked for, until the person wants it. */
import { expect, test } from "bun:test";
import { Capture } from "./capture.ts";
import { FakeDevices } from "./testing/fake-devices.ts";

test("switched off before anything is opened, the camera is never asked for, also the next time", async () => {
  const devices = new FakeDevices();
  const capture = new Capture(devices.real, () => undefined);
  await capture.setCamera(false);
  await capture.open();
  expect(devices.asked.map(({ video }) => video)).toEqual([undefined]);
  expect([capture.captured.microphone !== null, capture.captured.camera]).toEqual([true, null]);
  expect(capture.captured.problems).toEqual({});
  capture.closeAll();
  await capture.open();
  expect(devices.asked.map(({ video }) => video)).toEqual([undefined, undefined]);
});

test("a camera that is chosen, or switched on, is asked for again", async () => {
  const devices = new FakeDevices();
  const capture = new Capture(devices.real, () => undefined);
  await capture.setCamera(false);
  await capture.open();
  await capture.choose("camera", "cam");
  expect(capture.captured.camera).not.toBeNull();
  capture.closeAll();
  await capture.open();
  expect(capture.captured.camera).not.toBeNull();
});
