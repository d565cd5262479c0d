/** Data frames over the relay plane in the shape of a data channel: nothing more is sealed before the last frame went. */
import { expect, test } from "bun:test";
import { RelayChannel, ROOM_MS } from "./relay-channel.ts";
import { HandClock } from "./testing/hand-clock.ts";

function open() {
  const clock = new HandClock();
  const line = { takes: true, sent: [] as Uint8Array[] };
  const channel = new RelayChannel({
    send: (frame) => {
      if (line.takes) line.sent.push(frame);
      return line.takes;
    },
    after: (milliseconds, run) => clock.after(milliseconds, run),
  });
  const events: string[] = [];
  for (const name of ["open", "close", "bufferedamountlow", "message"])
    channel.addEventListener(name, () => events.push(name));
  return { clock, line, channel, events };
}
const frame = (n: number) => new Uint8Array(40).fill(n);

test("opens with the line, and hears what comes", () => {
  const { channel, events } = open();
  expect(channel.readyState).toBe("connecting");
  channel.setOpen(true);
  channel.setOpen(true);
  channel.receive(frame(1));
  expect([channel.readyState, events]).toEqual(["open", ["open", "message"]]);
});

test("a frame that the line does not take counts as a full buffer until it went", () => {
  const { channel, clock, line, events } = open();
  channel.setOpen(true);
  line.takes = false;
  channel.send(frame(1));
  expect(channel.bufferedAmount).toBeGreaterThan(128 * 1024);
  clock.pass(ROOM_MS);
  line.takes = true;
  clock.pass(ROOM_MS);
  expect([channel.bufferedAmount, line.sent]).toEqual([0, [frame(1)]]);
  expect(events.at(-1)).toBe("bufferedamountlow");
});

test("over a line that was away the frame goes when it is back; after the end nothing does", () => {
  const { channel, clock, line } = open();
  channel.setOpen(true);
  line.takes = false;
  channel.send(frame(1));
  channel.setOpen(false);
  clock.pass(10 * ROOM_MS);
  line.takes = true;
  channel.setOpen(true);
  expect(line.sent).toEqual([frame(1)]);
  line.takes = false;
  channel.send(frame(2));
  channel.close();
  line.takes = true;
  clock.pass(10 * ROOM_MS);
  expect(line.sent).toHaveLength(1);
});
