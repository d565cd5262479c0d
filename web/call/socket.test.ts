import { describe, expect, test } from "bun:test";
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE, type CloseWord } from "../../wire/close.ts";
import { newId, type PeerId, type Rid } from "../../wire/ids.ts";
import { decodeSignal, encodeSignal, type ToBrowser, type ToServer, toServer } from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { type RawSocket, RESTART_MS, type Sign, SignalSocket, WELCOME_MS } from "./socket.ts";
import { HandClock } from "./testing/hand-clock.ts";

/** The server's end of one connection, in the test's hand. */
class Raw implements RawSocket {
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: ToServer[] = [];
  closed: number | null = null;

  send(bytes: Bytes): void {
    const message = decodeSignal(toServer, bytes);
    if (!message) throw new Error("the page said what is not in the union");
    this.sent.push(message);
  }

  close(code = 1005): void {
    this.closed = code;
  }

  say(message: ToBrowser): void {
    this.onmessage?.({ data: Uint8Array.from(encodeSignal(message)).buffer });
  }

  welcome(token: Bytes, resumed = false): this {
    this.onopen?.();
    this.say({ t: "welcome", peer, token, resumed });
    return this;
  }
}

const peer = newId<PeerId>();
const rid = newId<Rid>();
const T1 = new Uint8Array([1]);
const T2 = new Uint8Array([2]);

function page() {
  const clock = new HandClock();
  const raws: Raw[] = [];
  const nodes: (string | null)[] = [];
  const heard: ToBrowser["t"][] = [];
  let tell: (sign: Sign) => void = () => undefined;
  let signing = true;
  const socket = new SignalSocket(
    { t: "hello", rid },
    {
      clock,
      random: () => 0.5,
      connect: (node) => {
        nodes.push(node);
        const raw = new Raw();
        raws.push(raw);
        return raw;
      },
      signs: (told) => {
        tell = told;
        return () => {
          signing = false;
        };
      },
      message: ({ t }) => heard.push(t),
    },
  );
  const last = () => raws.at(-1) ?? new Raw();
  return {
    clock,
    raws,
    nodes,
    heard,
    socket,
    last,
    tell: (sign: Sign) => tell(sign),
    isSigning: () => signing,
  };
}

const close = (raw: Raw, word: CloseWord | number) =>
  raw.onclose?.({ code: typeof word === "number" ? word : CLOSE[word].code });

describe("coming in", () => {
  test("says hello when the line is open, and is open when welcomed", () => {
    const { last, socket, heard } = page();
    expect(socket.state.get().at).toBe("connecting");
    last().onopen?.();
    expect(last().sent).toEqual([{ t: "hello", v: SIGNAL_VERSION, rid }]);
    last().say({ t: "welcome", peer, token: T1, resumed: false });
    expect(socket.state.get()).toEqual({ at: "open", peer, resumed: false });
    expect(heard).toEqual(["welcome"]);
    expect(last().binaryType).toBe("arraybuffer");
  });

  test("sends nothing before it is open, and says so", () => {
    const { last, socket } = page();
    expect(socket.send({ t: "beat" })).toBe(false);
    last().welcome(T1);
    expect(socket.send({ t: "beat" })).toBe(true);
  });

  test("a server that answers nothing is left after 10 s", () => {
    const { clock, raws } = page();
    clock.pass(WELCOME_MS - 1);
    expect(raws[0]?.closed).toBeNull();
    clock.pass(1);
    expect(raws[0]?.closed).toBe(CLOSE.lost.code);
    clock.pass(100);
    expect(raws).toHaveLength(2);
  });

  test("[B6] tries again after 0.1, 0.25, 0.5, 1, 1 s … and never gives up", () => {
    const { clock, raws, last } = page();
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      close(last(), 1006);
      const [before, start] = [raws.length, clock.now()];
      while (raws.length === before) clock.pass(1);
      waits.push(clock.now() - start);
    }
    expect(waits).toEqual([100, 250, 500, 1000, 1000, 1000]);
    for (let hour = 0; hour < 24; hour++) {
      close(last(), 1006);
      clock.pass(3_600_000);
    }
    expect(raws.length).toBeGreaterThan(24);
  });
});

describe("coming back", () => {
  test("resumes with the newest token", () => {
    const { clock, last, socket } = page();
    last().welcome(T1);
    last().say({ t: "token", token: T2 });
    clock.pass(5);
    close(last(), 1006);
    expect(socket.state.get()).toEqual({ at: "away", since: 5 });
    clock.pass(100);
    last().onopen?.();
    expect(last().sent).toEqual([{ t: "resume", v: SIGNAL_VERSION, token: T2 }]);
    last().say({ t: "welcome", peer, token: T1, resumed: true });
    expect(socket.state.get()).toEqual({ at: "open", peer, resumed: true });
  });

  test("after `expired` it comes as somebody new, at once", () => {
    const { clock, last } = page();
    last().welcome(T1);
    close(last(), 1006);
    clock.pass(100);
    close(last(), "expired");
    clock.pass(250);
    last().onopen?.();
    expect(last().sent).toEqual([{ t: "hello", v: SIGNAL_VERSION, rid }]);
  });

  test("the waits start anew after every welcome", () => {
    const { clock, raws, last } = page();
    for (let i = 0; i < 3; i++) {
      last().welcome(T1);
      close(last(), 1006);
      clock.pass(100);
      expect(raws).toHaveLength(i + 2);
    }
  });

  test.each(Object.entries(CLOSE))("close %s does what the table says", (word, { code, again }) => {
    const { clock, raws, last, socket } = page();
    last().welcome(T1);
    close(last(), code);
    clock.pass(1999);
    if (again === "never") expect(socket.state.get()).toMatchObject({ at: "stopped", close: { code } });
    else expect(raws).toHaveLength(again === "now" || word === "expired" ? 2 : 1);
    clock.pass(10_000);
    expect(raws.length > 1).toBe(again !== "never");
  });

  test("what an old connection still says is not heard", () => {
    const { clock, raws, last, heard, tell } = page();
    last().welcome(T1);
    tell("network");
    raws[0]?.say({ t: "unseated" });
    close(raws[0] ?? new Raw(), "garbage");
    last().welcome(T2, true);
    expect(heard).toEqual(["welcome", "welcome"]);
    expect(raws).toHaveLength(2);
    clock.pass(1);
  });
});

describe("a restart of the server", () => {
  test("is known from `draining` on, over the gap, until the next server says welcome", () => {
    const { socket, last, clock, heard } = page();
    last().welcome(T1).say({ t: "draining", seconds: 600 });
    expect(socket.restart.get()).toEqual({ by: clock.now() + 600_000 });
    clock.pass(60_000);
    last().say({ t: "stopping" });
    close(last(), "stopping");
    expect(socket.restart.get()).toEqual({ by: clock.now() });
    clock.pass(1_000);
    last().welcome(T2, true);
    expect([socket.restart.get(), heard.includes("draining")]).toEqual([null, false]);
  });

  test("a welcome of the server that still goes is followed by what is left", () => {
    const { socket, last, clock } = page();
    last().welcome(T1).say({ t: "draining", seconds: 600 });
    close(last(), 1006);
    clock.pass(1_000);
    last().welcome(T2, true).say({ t: "draining", seconds: 599 });
    expect(socket.restart.get()).toEqual({ by: clock.now() + 599_000 });
  });

  test("is not spoken of for ever where no server comes, nor after the end", () => {
    const { socket, last, clock } = page();
    last().welcome(T1).say({ t: "stopping" });
    close(last(), "stopping");
    clock.pass(RESTART_MS - 1);
    expect(socket.restart.get()).not.toBeNull();
    clock.pass(1);
    expect(socket.restart.get()).toBeNull();
    const other = page();
    other.last().welcome(T1).say({ t: "draining", seconds: 9 });
    other.socket.close();
    expect(other.socket.restart.get()).toBeNull();
  });
});

describe("a dead line", () => {
  test("is asked by a beat after 5 s of silence, and left after 10", () => {
    const { clock, last, socket, raws } = page();
    last().welcome(T1);
    clock.pass(4999);
    expect(last().sent).toHaveLength(1);
    clock.pass(1);
    expect(last().sent.at(-1)).toEqual({ t: "beat" });
    clock.pass(4999);
    expect(socket.state.get().at).toBe("open");
    clock.pass(1);
    expect(socket.state.get().at).toBe("away");
    expect(raws[0]?.closed).toBe(CLOSE.lost.code);
  });

  test("anything heard keeps it", () => {
    const { clock, last, socket } = page();
    last().welcome(T1);
    for (let i = 0; i < 20; i++) {
      clock.pass(6000);
      last().say({ t: "beat" });
    }
    expect(socket.state.get().at).toBe("open");
  });

  test("[A3] a page whose timers were frozen asks before it gives the line up", () => {
    const { clock, last, socket } = page();
    last().welcome(T1);
    // one late tick after a minute, as in a hidden tab
    const late = clock.now.bind(clock);
    clock.now = () => late() + 60_000;
    clock.pass(1000);
    expect(last().sent.at(-1)).toEqual({ t: "beat" });
    expect(socket.state.get().at).toBe("open");
    last().say({ t: "beat" });
    clock.pass(4000);
    expect(socket.state.get().at).toBe("open");
  });

  test("`network` leaves it at once; `awake` asks and leaves after 1.5 s", () => {
    const network = page();
    network.last().welcome(T1);
    network.tell("network");
    expect(network.raws).toHaveLength(2);
    expect(network.socket.state.get().at).toBe("away");

    const awake = page();
    awake.last().welcome(T1);
    awake.tell("awake");
    expect(awake.last().sent.at(-1)).toEqual({ t: "beat" });
    awake.clock.pass(1499);
    expect(awake.socket.state.get().at).toBe("open");
    awake.clock.pass(1);
    expect(awake.socket.state.get().at).toBe("away");
  });

  test("`awake` on a good line changes nothing", () => {
    const { clock, last, socket, tell } = page();
    last().welcome(T1);
    tell("awake");
    last().say({ t: "beat" });
    clock.pass(4000);
    expect(socket.state.get().at).toBe("open");
    expect(last().sent.filter(({ t }) => t === "beat")).toHaveLength(1);
  });

  test("any sign while it waits tries at once", () => {
    for (const sign of ["network", "awake"] as const) {
      const { last, raws, tell } = page();
      close(last(), 1006);
      tell(sign);
      expect(raws).toHaveLength(2);
    }
  });
});

describe("the end", () => {
  test("close says goodbye, stops all timers and signs, and stays stopped", () => {
    const { clock, last, socket, tell, raws, isSigning } = page();
    last().welcome(T1);
    socket.close();
    expect(raws[0]?.closed).toBe(CLOSE.done.code);
    expect(socket.state.get()).toEqual({ at: "stopped", close: CLOSE.done });
    expect([clock.pending, isSigning()]).toEqual([0, false]);
    tell("network");
    clock.pass(100_000);
    expect(raws).toHaveLength(1);
  });

  test("messages of a newer server are not taken for messages", () => {
    const { last, heard, socket } = page();
    last().welcome(T1);
    last().onmessage?.({ data: new Uint8Array([0x81, 0xa1, 0x74, 0xa1, 0x78]).buffer });
    last().onmessage?.({ data: "text" });
    expect(heard).toEqual(["welcome"]);
    expect(socket.state.get().at).toBe("open");
  });
});

describe("of several nodes", () => {
  test("goes at once to the one that is named, and comes back to it first", () => {
    const { clock, last, nodes, socket } = page();
    last().onopen?.();
    last().say({ t: "at", node: "b" });
    close(last(), "elsewhere");
    clock.pass(0);
    expect(nodes).toEqual([null, "b"]);
    last().onopen?.();
    last().say({ t: "at", node: "b" });
    last().welcome(T1);
    expect(socket.state.get().at).toBe("open");
    close(last(), 1006);
    clock.pass(100);
    expect(nodes).toEqual([null, "b", "b"]);
  });

  test("asks any other once its own does not answer", () => {
    const { clock, last, nodes } = page();
    last().onopen?.();
    last().say({ t: "at", node: "b" });
    last().welcome(T1);
    close(last(), 1006);
    clock.pass(100);
    close(last(), 1006);
    clock.pass(250);
    expect(nodes).toEqual([null, "b", null]);
    last().onopen?.();
    expect(last().sent).toEqual([{ t: "resume", v: SIGNAL_VERSION, token: T1 }]);
  });

  test("two that name each other are asked with a pause", () => {
    const { clock, last, nodes } = page();
    for (const node of ["b", "a"]) {
      last().onopen?.();
      last().say({ t: "at", node });
      close(last(), "elsewhere");
      clock.pass(0);
    }
    expect(nodes).toEqual([null, "b"]);
    clock.pass(250);
    expect(nodes).toEqual([null, "b", "a"]);
  });
});
