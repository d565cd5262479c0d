/** `bun run soak`: fifty people in ten rooms join and leave for ten minutes; every frame is opened and compared, and the relay's memory
 * has to stay flat. One JSON object on stdout; ends with 1 where something was wrong. `SECONDS=600 ROOMS=10 SEED=1 WAY=socket` choose. */
import { sequence } from "./lines/loss.ts";
import { Load, transportOf } from "./load/load.ts";
import type { LoadWay } from "./load/relay.ts";
import { onServerBun } from "./load/server-bun.ts";
import { cpuMsOf, idleMs, memoryOf, tcpCongestion, tokioThreadsOf } from "./relay/machine.ts";

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const [SECONDS, ROOMS, SEED] = [number("SECONDS", 600), number("ROOMS", 10), number("SEED", 1)];
const WAY: LoadWay = process.env.WAY === "quic" ? "quic" : "socket";
const PEOPLE = 5;
/** Somebody leaves or comes so often. Higher: fewer joins are proven. Lower: rooms are never whole. */
const CHANGE_MS = 400;
const SAMPLE_MS = 5_000;
/** The heap settles in the beginning; after that it may breathe, not grow. */
const GROWTH_MAX = 1.15;

await onServerBun(import.meta.path);
const random = sequence(SEED);
const load = await Load.start({ way: WAY, rooms: ROOMS, people: PEOPLE, seed: SEED, openEvery: 1 });
const [memory, counted]: [number[], { joins: number; leaves: number; failed: number }] = [
  [],
  { joins: ROOMS * PEOPLE, leaves: 0, failed: 0 },
];

/** One person of one room goes or comes; a room keeps at least two. */
async function change(): Promise<void> {
  const room = load.rooms[Math.floor(random() * ROOMS)];
  const slot = Math.floor(random() * PEOPLE);
  if (room === undefined) return;
  if (!room.slots.includes(slot)) {
    counted.joins += 1;
    await room.join(slot).catch(() => void counted.failed++);
  } else if (room.slots.length > 2) {
    counted.leaves += 1;
    room.leave(slot);
  }
}

const start = { at: performance.now(), cpu: cpuMsOf(load.relay.pid), idle: idleMs().ms };
let sampled = 0;
while (performance.now() - start.at < SECONDS * 1000) {
  await Promise.all([change(), Bun.sleep(CHANGE_MS)]);
  if (performance.now() - start.at < sampled * SAMPLE_MS) continue;
  sampled += 1;
  memory.push(memoryOf(load.relay.pid));
}

/** The middle of the second fifth, and of the last one. */
function middle(from: number, to: number): number {
  const part = memory.slice(Math.floor(from * memory.length), Math.ceil(to * memory.length));
  return part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
}

const ms = performance.now() - start.at;
const { found, delays, relay, rooms } = load;
const [early, late] = [middle(0.2, 0.4), middle(0.8, 1)];
const lost = rooms.reduce((sum, room) => sum + room.lost, 0);
const isFlat = late <= early * GROWTH_MAX;
// datagrams and streams of different groups may overtake each other
const isInOrder = WAY === "quic" || found.disordered === 0;
const isRight = found.wrong === 0 && isInOrder && counted.failed === 0 && lost === 0;
const result = {
  transport: transportOf(relay, WAY),
  people: ROOMS * PEOPLE,
  seconds: Math.round(ms / 1000),
  ...counted,
  ...found,
  sessionsLost: lost,
  forwardMs: { p50: delays.at(50), p99: delays.at(99) },
  serverMemoryMiB: { early, late, samples: memory },
  serverCpuPercent: Math.round(((cpuMsOf(relay.pid) - start.cpu) / ms) * 1000) / 10,
  serverCounts: await relay.counts(),
  tcpCongestion: tcpCongestion(),
  tokioThreads: tokioThreadsOf(relay.pid),
  hostIdlePercent: Math.round(((idleMs().ms - start.idle) / ms / idleMs().processors) * 1000) / 10,
  isFlat,
  isRight,
};
await load.close();
console.log(JSON.stringify(result, null, 1));
process.exit(isFlat && isRight ? 0 : 1);
