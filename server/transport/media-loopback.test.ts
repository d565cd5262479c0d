/** The line in memory keeps the promises of the real ones, and does what its weather says. */
import { describe, expect, test } from "bun:test";
import { type Bytes, base64url, u32be } from "../../wire/bytes.ts";
import { CALM, MediaLoopback, type Weather, weatherOf } from "./media-loopback.ts";
import type { Hall } from "./testing/hall.ts";
import { mediaContract, type Page } from "./testing/media-contract.ts";

/** Everything due, in its order, one turn of the event loop after the other. */
class Time {
  now = 0;
  #due: { at: number; n: number; run: () => void }[] = [];
  #count = 0;
  #isRunning = false;

  after(milliseconds: number, run: () => void): void {
    this.#count += 1;
    this.#due.push({ at: this.now + milliseconds, n: this.#count, run });
    if (!this.#isRunning) setImmediate(() => this.#run());
    this.#isRunning = true;
  }

  #run(): void {
    this.#isRunning = false;
    const due = this.#due.splice(0).sort((a, b) => a.at - b.at || a.n - b.n);
    for (const { at, run } of due) {
      this.now = Math.max(this.now, at);
      run();
    }
  }
}

async function connect(hall: Hall, token: Bytes, weather: Weather): Promise<Page> {
  const pass = hall.loop.take(base64url(token));
  if (pass === null) throw new Error("refused");
  const time = new Time();
  const got: Bytes[] = [];
  const state = { code: null as number | null };
  const loopback = new MediaLoopback(
    { weather, now: () => time.now, after: (ms, run) => time.after(ms, run) },
    {
      item: (item) => {
        got.push(item);
        hall.changed();
      },
      closed: (code) => {
        state.code ??= code;
        hall.changed();
      },
    },
  );
  hall.loop.open(loopback, pass);
  const { page } = loopback;
  return {
    got,
    get code() {
      return state.code;
    },
    loose: (items) => page.loose(items),
    sure: (item) => page.sure(item),
    picture: (group, item) => page.picture(group, item),
    close: () => page.close(),
    pause: () => {
      page.isReading = false;
    },
    resume: () => loopback.drain(),
  };
}

const end = async () => undefined;
mediaContract("loopback", { hasDatagrams: true, connect: (hall, token) => connect(hall, token, CALM), end });
mediaContract("loopback in bad weather", {
  hasDatagrams: false,
  connect: (hall, token) => connect(hall, token, { ...weatherOf(7, { delay: 80, lost: 0, copied: 0 }) }),
  end,
});

describe("weather", () => {
  test("loses, copies and reorders datagrams by its seed; the same seed does the same", async () => {
    const { Hall } = await import("./testing/hall.ts");
    const run = async () => {
      const hall = new Hall();
      const bad = weatherOf(3, { delay: 60, lost: 0.2, copied: 0.1 });
      const page = await connect(hall, hall.token(), bad);
      for (let n = 0; n < 500; n++) hall.act({ t: "loose", link: hall.link, items: [u32be(n)] });
      hall.act({ t: "sure", link: hall.link, item: u32be(500) });
      await new Promise((done) => setImmediate(done));
      await new Promise((done) => setImmediate(done));
      return page.got.map((item) => new DataView(item.buffer).getUint32(0));
    };
    const got = await run();
    const distinct = new Set(got);
    expect(distinct.size).toBeGreaterThan(350);
    expect(distinct.size).toBeLessThan(450);
    expect(got.length).toBeGreaterThan(distinct.size);
    expect(got).not.toEqual(got.toSorted((a, b) => a - b));
    expect(await run()).toEqual(got);
  });
});
