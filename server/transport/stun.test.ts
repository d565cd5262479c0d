import { afterEach, describe, expect, test } from "bun:test";
import { createLog } from "../log.ts";
import { createResponder, STUN_ADDRESSES_MAX, STUN_RATE, type Stun, startStun } from "./stun.ts";

const PLAIN = new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
const same = (address: string) => address;

function responder() {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  return { ...createResponder({ clock, networkOf: same }), time };
}

describe("responder", () => {
  test("answers an address its burst, then its rate, and counts the rest", () => {
    const { respond, counts, time } = responder();
    for (let i = 0; i < STUN_RATE.burst; i++) expect(respond(PLAIN, "192.0.2.1", 1)).toBeDefined();
    expect(respond(PLAIN, "192.0.2.1", 1)).toBeUndefined();
    expect(respond(PLAIN, "192.0.2.2", 1)).toBeDefined();
    time.now += 1000 / STUN_RATE.perSecond;
    expect(respond(PLAIN, "192.0.2.1", 1)).toBeDefined();
    expect(counts).toEqual({ answered: STUN_RATE.burst + 2, ignored: 0, limited: 1 });
  });

  test("silence to everything else", () => {
    const { respond, counts } = responder();
    expect(respond(new Uint8Array(20), "192.0.2.1", 1)).toBeUndefined();
    expect(counts.ignored).toBe(1);
  });

  test("remembers so many addresses and forgets those that are owed nothing", () => {
    const { respond, counts, time } = responder();
    for (let i = 0; i < STUN_ADDRESSES_MAX; i++)
      respond(PLAIN, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 1);
    expect(counts).toMatchObject({ answered: STUN_ADDRESSES_MAX, limited: 0 });
    expect(respond(PLAIN, "192.0.2.1", 1)).toBeUndefined();
    time.now += 60_000;
    expect(respond(PLAIN, "192.0.2.1", 1)).toBeDefined();
  });
});

describe("over UDP of this machine", () => {
  const open: { stop(): void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.stop();
  });

  async function ask(stun: Stun, hostname: string): Promise<{ answer: Uint8Array; port: number }> {
    return new Promise((done) => {
      void Bun.udpSocket({
        hostname,
        binaryType: "uint8array",
        socket: { data: (from, answer) => done({ answer, port: from.port }) },
      }).then((socket) => {
        open.push({ stop: () => socket.close() });
        socket.send(PLAIN, stun.port, hostname);
      });
    });
  }

  test.each([
    ["127.0.0.1", "127.0.0.1", [127, 0, 0, 1]],
    ["::", "127.0.0.1", [127, 0, 0, 1]],
    ["::", "::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
  ])("listening at %s, a browser at %s learns its own address and port", async (hostname, from, address) => {
    const clock = { now: Date.now, monotonic: () => performance.now() };
    const stun = await startStun({
      hostname,
      port: 0,
      clock,
      log: createLog(clock, "error"),
      networkOf: same,
    });
    open.push(stun);
    const { answer, port } = await ask(stun, from);
    const mask = PLAIN.subarray(4);
    expect([...answer.subarray(0, 20)]).toEqual([1, 1, 0, answer.length - 20, ...PLAIN.subarray(4)]);
    expect([...answer.subarray(28)].map((byte, i) => byte ^ (mask[i] ?? 0))).toEqual(address);
    expect((((answer[26] ?? 0) << 8) | (answer[27] ?? 0)) ^ 0x2112).toBe(port);
  });
});
