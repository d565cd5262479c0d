/** The runner against a directory that is slow or broken, and sockets that close in the middle of a send. */
import { describe, expect, test } from "bun:test";
import { CLOSE } from "../../wire/close.ts";
import { newId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import {
  decodeSignal,
  encodeSignal,
  type OpenRoom,
  type ToBrowser,
  type ToServer,
  toBrowser,
} from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { createLog } from "../log.ts";
import type { Directory } from "../signaling/events.ts";
import { createTokens } from "../signaling/token.ts";
import { Runner } from "./runner.ts";

const practice = newId<PracticeId>();
const rids = [newId<Rid>(), newId<Rid>()];
const v = SIGNAL_VERSION;

function setUp(change: Partial<Directory> = {}) {
  const lines: string[] = [];
  const room: OpenRoom = {
    room: newId<RoomId>(),
    clients: rids.map((rid) => [rid]),
    closesAt: 9e12,
    startable: true,
    call: null,
  };
  const clock = { now: () => 1_800_000_000_000, monotonic: () => 0 };
  const runner = new Runner({
    clock,
    log: createLog(clock, "info", (line) => lines.push(line)),
    presenceSink: () => undefined,
    core: { tokens: createTokens(new Uint8Array(32)), ice: () => [] },
    directory: {
      practiceOfLink: async () => practice,
      practiceOfUser: async () => null,
      openRooms: async () => [room],
      setCall: async () => true,
      closeRoom: async () => true,
      practicesInCall: async () => [],
      shut: async () => [],
      startsByLink: async () => new Map(),
      ...change,
    },
  });
  return { runner, lines, room };
}

/** A socket in the test's hand; `onSend` may close it in the middle. */
function connect(runner: Runner, onSend: (message: ToBrowser) => void = () => undefined) {
  const heard: ToBrowser[] = [];
  const closed: number[] = [];
  const conn = runner.open(
    {
      login: async () => ({ practice, session: "s" }),
      ping: () => undefined,
      close: (code) => closed.push(code),
      send: (bytes) => {
        const message = decodeSignal(toBrowser, bytes);
        if (!message) throw new Error("not of the union");
        heard.push(message);
        onSend(message);
      },
    },
    "192.0.2.1",
  );
  const say = (message: ToServer) => runner.handle({ t: "received", conn, bytes: encodeSignal(message) });
  return { heard, closed, conn, say };
}

const settle = () => new Promise((done) => setTimeout(done, 0));

describe("runner", () => {
  test("an event in the middle of another is handled after it: nobody hears older news after newer", async () => {
    const { runner, room } = setUp();
    const clients = rids.map((rid) => {
      const page = connect(runner);
      page.say({ t: "hello", v, rid });
      return page;
    });
    await settle();
    // the page's line breaks while its own welcome is being sent
    const host = connect(runner, (message) => {
      if (message.t === "lease") runner.handle({ t: "closed", conn: host.conn, code: 1001 });
    });
    host.say({ t: "host", v });
    await settle();
    for (const { heard } of clients) {
      const doors = heard.flatMap((message) => (message.t === "door" ? [message.host] : []));
      expect(doors).toHaveLength(3);
      expect(doors.at(-1)).toBeNull();
    }
    expect(room.call).toBeNull();
  });

  test("reads of a practice wait for its writes, and come in the order in which they were asked for", async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const { runner, room } = setUp({
      setCall: async () => {
        await new Promise<void>((done) => {
          release = done;
        });
        order.push("written");
      },
      openRooms: async () => {
        order.push("read");
        return [room];
      },
    });
    const host = connect(runner);
    host.say({ t: "host", v });
    await settle();
    host.say({ t: "enter", room: room.room });
    runner.load(practice);
    await settle();
    expect(order).toEqual(["read"]);
    release();
    await runner.settled();
    expect(order).toEqual(["read", "written", "read"]);
  });

  test("a directory that fails closes with `bug`, says so in the log without its text, and the next one comes in", async () => {
    let fails = true;
    const { runner, lines } = setUp({
      practiceOfLink: async () => {
        if (fails) throw Object.assign(new Error("select secret from links"), { code: "SQLITE_BUSY" });
        return practice;
      },
    });
    const first = connect(runner);
    first.say({ t: "hello", v, rid: rids[0] as Rid });
    await settle();
    expect(first.closed).toEqual([CLOSE.bug.code]);
    expect(lines.join()).toContain("SQLITE_BUSY");
    expect(lines.join()).not.toContain("secret");
    fails = false;
    const second = connect(runner);
    second.say({ t: "hello", v, rid: rids[0] as Rid });
    await settle();
    expect(second.heard.map(({ t }) => t)).toEqual(["welcome", "door"]);
  });

  test("writes that fail are logged and stop nothing", async () => {
    const { runner, lines, room } = setUp({
      setCall: () => Promise.reject(new Error("disk")),
      practicesInCall: () => Promise.reject(new Error("disk")),
    });
    await runner.start();
    const host = connect(runner);
    host.say({ t: "host", v });
    await settle();
    host.say({ t: "enter", room: room.room });
    await runner.settled();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("signal.start-unread");
    expect(lines[1]).toContain("signal.write-failed");
    expect(host.heard.findLast(({ t }) => t === "lease")).toMatchObject({ inCall: true });
  });

  test("a bug in handling one connection closes that one with `bug` and harms no other", async () => {
    const { runner, lines } = setUp();
    const bad = connect(runner, () => {
      throw new Error("broken socket");
    });
    bad.say({ t: "hello", v, rid: rids[0] as Rid });
    await settle();
    expect(bad.closed).toEqual([CLOSE.bug.code]);
    expect(lines.join()).toContain("signal.bug");
    const good = connect(runner);
    good.say({ t: "hello", v, rid: rids[1] as Rid });
    await settle();
    expect(good.heard.map(({ t }) => t)).toEqual(["welcome", "door"]);
  });
});
