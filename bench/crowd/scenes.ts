/** The four scenes of a crowd: everybody comes at once, many wait, many talk in pairs, groups talk over the relay. */
import { loadQuic } from "../../server/transport/quic-addon.ts";
import type { Rid } from "../../wire/ids.ts";
import { sequence } from "../lines/loss.ts";
import { Delays } from "../load/delays.ts";
import { readFixture } from "../load/fixture.ts";
import { noFindings } from "../load/listener.ts";
import type { OpenSession } from "../load/member.ts";
import { Room } from "../load/room.ts";
import { openSockets } from "../load/session.ts";
import { openQuic } from "../load/session-quic.ts";
import { percentile } from "../percentile.ts";
import { rounded } from "../rounded.ts";
import { type GroupSeats, groupSeats } from "./group.ts";
import { during, growth, spread } from "./measure.ts";
import { atDoor, type CrowdPage, host, joins, type Place } from "./pages.ts";
import { openRoom, type Practice } from "./practice.ts";

export type Crowd = {
  readonly place: Place;
  readonly pid: number;
  readonly watchMs: number;
};

/** Pairs of therapist and client come within ten seconds: from the client's first byte to its seat, with the handshake's messages. */
export async function joining({ place, pid }: Crowd, practices: readonly Practice[], withinMs: number) {
  const rooms = await Promise.all(
    practices.map(async (practice) => ({
      practice,
      rid: practice.rids[0] as Rid,
      room: await openRoom(practice, practice.rids),
    })),
  );
  const { result, grown } = await growth(pid, practices.length * 2, () =>
    during(pid, () =>
      spread(rooms.length, withinMs, async (index) => {
        const { practice, rid, room } = rooms[index] as (typeof rooms)[number];
        const therapist = await host(place, practice, room, 2 * index);
        const at = performance.now();
        const client = await joins(place, therapist, rid, 1, 2 * index + 1);
        return { pages: [therapist, client], clientMs: performance.now() - at };
      }),
    ),
  );
  const { done, ms, errors } = result.result;
  return {
    pages: done.flatMap(({ pages }) => pages),
    row: {
      connections: rooms.length * 2,
      withinSeconds: withinMs / 1000,
      joinMs: percentilesOf(done.map(({ clientMs }) => clientMs)),
      pairMs: percentilesOf(ms),
      errors: errors.length,
      firstError: errors[0] ?? null,
      memory: grown,
      ...result.use,
    },
  };
}

/** Clients at closed doors, who only say now and then that they are there. */
export async function waiting({ place, pid, watchMs }: Crowd, rids: readonly Rid[], withinMs: number) {
  const count = rids.length;
  const { result, grown } = await growth(pid, count, () =>
    spread(count, withinMs, (index) => atDoor(place, rids[index] as Rid, 100_000 + index)),
  );
  const { use } = await during(pid, () => Bun.sleep(watchMs));
  const { done, ms, errors } = result;
  const row = {
    connections: count,
    doorMs: percentilesOf(ms),
    errors: errors.length,
    firstError: errors[0] ?? null,
    memory: grown,
    idle: use,
  };
  return { pages: done, row };
}

/** Calls that run: both ends are counted by the meter and say now and then that they are there. */
export async function talking({ pid, watchMs }: Crowd, calls: number, pages: readonly CrowdPage[]) {
  let lost = 0;
  for (const { page } of pages) void page.closed.then(() => lost++);
  const { use } = await during(pid, () => Bun.sleep(watchMs));
  return { calls, lost, ...use };
}

/** Rooms of five with sound and pictures, each frame of which is compared with what was sent. */
export async function groups(
  { place, pid, watchMs }: Crowd,
  practices: readonly Practice[],
  way: "quic" | "socket",
) {
  const [fixture, found, delays, random] = [await readFixture(), noFindings(), new Delays(), sequence(1)];
  const people = (practices[0]?.rids.length ?? 0) + 1;
  const { result: rooms, grown } = await growth(pid, practices.length, async () => {
    const made: { room: Room; seats: GroupSeats }[] = [];
    for (const [index, practice] of practices.entries()) {
      const seats = await groupSeats(place, practice, way, 50_000 + index * 16);
      const open = await openerOf(place, way, seats);
      made.push({ seats, room: new Room({ seats, open, fixture, found, delays, openEvery: 20, random }) });
    }
    // the therapist has a call only when somebody is there
    for (const slot of [1, 0, ...Array.from({ length: people - 2 }, (_, n) => n + 2)])
      await Promise.all(made.map(({ room }) => room.join(slot)));
    return made;
  });
  const timer = setInterval(() => {
    for (const { room } of rooms) room.step(performance.now());
  }, 4);
  await Bun.sleep(SETTLE_MS);
  delays.clear();
  const before = { ...found };
  const { use } = await during(pid, () => Bun.sleep(watchMs));
  clearInterval(timer);
  const row = {
    way,
    rooms: practices.length,
    people: practices.length * people,
    forwardMs: { p50: delays.at(50), p99: delays.at(99) },
    frames: found.frames - before.frames,
    mbit: rounded(((found.bytes - before.bytes) * 8) / 1e6 / use.seconds, 1),
    wrong: found.wrong,
    soundMissing: found.soundMissing - before.soundMissing,
    pictureLeftOut: found.pictureLeftOut - before.pictureLeftOut,
    sessionsLost: rooms.reduce((sum, { room }) => sum + room.lost, 0),
    memory: grown,
    ...use,
  };
  for (const { room, seats } of rooms) {
    room.close();
    seats.close();
  }
  return row;
}

/** Estimates rise in the first seconds. */
const SETTLE_MS = 8_000;

async function openerOf(place: Place, way: "quic" | "socket", seats: GroupSeats): Promise<OpenSession> {
  if (way === "socket") return (token, ears) => openSockets(place.origin, token, ears);
  const addon = await loadQuic();
  return (token, ears) => {
    const at = seats.quic();
    if (addon === null || at === null) throw new Error("WebTransport does not load here");
    return openQuic(addon, at, token, ears);
  };
}

function percentilesOf(ms: readonly number[]) {
  if (ms.length === 0) return null;
  return { p50: rounded(percentile(ms, 50), 1), p99: rounded(percentile(ms, 99), 1) };
}
