/** Rooms under load for a while: what the relay used, how long frames took, and whether each was right. */
import { loadQuic } from "../../server/transport/quic-addon.ts";
import { ready } from "../../wasm/sodium.ts";
import { sequence } from "../lines/loss.ts";
import { cpuMsOf, idleMs, memoryOf, tcpCongestion, tokioThreadsOf } from "../relay/machine.ts";
import { rounded } from "../rounded.ts";
import { Delays } from "./delays.ts";
import { readFixture } from "./fixture.ts";
import { type Findings, noFindings } from "./listener.ts";
import type { OpenSession } from "./member.ts";
import { type LoadWay, type Relay, seatsAt, startRelay } from "./relay.ts";
import { Room } from "./room.ts";
import { openSockets } from "./session.ts";
import { openQuic } from "./session-quic.ts";

/** How often due frames are sent. Higher: senders are less even than cameras. Lower: the generator wakes up for nothing. */
const STEP_MS = 4;

export type LoadOptions = {
  readonly way: LoadWay;
  readonly rooms: number;
  readonly people: number;
  readonly seed: number;
  readonly openEvery: number;
};

/** Rooms that speak, on a relay of their own. */
export class Load {
  readonly relay: Relay;
  readonly rooms: readonly Room[];
  readonly found: Findings;
  readonly delays: Delays;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(relay: Relay, rooms: readonly Room[], found: Findings, delays: Delays) {
    this.relay = relay;
    this.rooms = rooms;
    this.found = found;
    this.delays = delays;
    this.#timer = setInterval(() => {
      for (const room of rooms) room.step(performance.now());
    }, STEP_MS);
  }

  /** Everybody of every room has joined. */
  static async start({ way, rooms, people, seed, openEvery }: LoadOptions): Promise<Load> {
    await ready();
    const [relay, fixture] = await Promise.all([startRelay(way), readFixture()]);
    const open = await openerOf(relay, way);
    const [found, delays, random] = [noFindings(), new Delays(), sequence(seed)];
    const made = Array.from(
      { length: rooms },
      () => new Room({ seats: seatsAt(relay), open, fixture, found, delays, openEvery, random }),
    );
    const load = new Load(relay, made, found, delays);
    try {
      for (let slot = 0; slot < people; slot++) await Promise.all(made.map((room) => room.join(slot)));
      return load;
    } catch (error) {
      await load.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const room of this.rooms) room.close();
    await this.relay.close();
  }
}

/** One row: what was used and found in `watchMs`, after `settleMs`. */
export async function measureLoad(options: LoadOptions, settleMs: number, watchMs: number) {
  const load = await Load.start(options);
  try {
    await Bun.sleep(settleMs);
    const { found, relay, delays } = load;
    const [before, start, own] = [{ ...found }, use(relay.pid), process.cpuUsage()];
    load.delays.clear();
    await Bun.sleep(watchMs);
    const [end, counts, spent] = [use(relay.pid), await relay.counts(), process.cpuUsage(own)];
    const ms = end.at - start.at;
    const difference = differenceOf(before, found);
    const cpu = ((end.cpuMs - start.cpuMs) / ms) * 100;
    const mbit = (difference.bytes * 8) / 1000 / ms;
    return {
      transport: transportOf(relay, options.way),
      rooms: options.rooms,
      people: options.rooms * options.people,
      serverCpuPercent: rounded(cpu, 1),
      sentMbit: rounded(mbit, 1),
      cpuPercentPerMbit: rounded(cpu / mbit, 3),
      serverMemoryMiB: memoryOf(relay.pid),
      forwardMs: { p50: delays.at(50), p99: delays.at(99) },
      ...difference,
      openedEvery: options.openEvery,
      sessionsLost: load.rooms.reduce((sum, room) => sum + room.lost, 0),
      serverCounts: counts,
      tcpCongestion: tcpCongestion(),
      tokioThreads: tokioThreadsOf(relay.pid),
      hostIdlePercent: rounded(((end.idle.ms - start.idle.ms) / ms / end.idle.processors) * 100, 1),
      generatorCpuPercent: rounded((spent.user + spent.system) / 10 / ms, 1),
      seconds: Math.round(ms / 1000),
    };
  } finally {
    await load.close();
  }
}

/** As it is written in rows. */
export function transportOf({ origin }: Relay, way: LoadWay): string {
  if (way === "quic") return "webtransport";
  return origin.startsWith("https") ? "wss" : "ws";
}

async function openerOf({ origin, quic }: Relay, way: LoadWay): Promise<OpenSession> {
  if (way === "socket") return (token, ears) => openSockets(origin, token, ears);
  const addon = await loadQuic();
  if (addon === null || quic === null) throw new Error("WebTransport does not load here");
  return (token, ears) => openQuic(addon, quic, token, ears);
}

function use(pid: number) {
  return { at: performance.now(), cpuMs: cpuMsOf(pid), idle: idleMs() };
}

function differenceOf(before: Findings, after: Findings): Findings {
  const entries = Object.entries(after).map(([name, value]) => [
    name,
    value - before[name as keyof Findings],
  ]);
  return Object.fromEntries(entries) as Findings;
}
