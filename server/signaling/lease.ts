/** Which of a therapist's pages answers clients: exactly one, and it changes only as product.md says ("Therapist on two
 * devices": by "Hierher holen" or when the holder was silent for 15 s; amendment A5 for reloads). */
import { type Lobby, type Practice, tellDoors, tellToken } from "./lobby.ts";
import type { Host } from "./peer.ts";

/** product.md: hosting moves when the host was silent for 15 s. */
export const SILENT_MS = 15_000;
/** Higher: an idle page of the therapist answers later when the call page is closed. Lower: a reload of the call page
 * finds that another page has answered its clients meanwhile, which costs each of them a handshake. */
export const RELOAD_MS = 3000;

/** Tells one page how the lease stands. */
export function tellLease(lobby: Lobby, practice: Practice, host: Host): void {
  const { lease } = practice;
  const inCall = lease !== null && lease.room !== null;
  if (lease?.holder === host.id) lobby.tell(host, { t: "lease", state: "here", inCall, ice: lobby.ice() });
  else lobby.tell(host, { t: "lease", state: lease ? "elsewhere" : "free", inCall, ice: [] });
}

/** Tells all pages how the lease stands. */
export function tellLeases(lobby: Lobby, practice: Practice): void {
  for (const host of practice.hosts) tellLease(lobby, practice, host);
}

/** May `host` have the lease without force? `enters`: to open a call page, which an idle holder gives way to. */
export function isGrantable(lobby: Lobby, practice: Practice, enters: boolean): boolean {
  const holder = lobby.holder(practice);
  if (!holder || !practice.lease) return true;
  return lobby.now.mono - holder.heard >= SILENT_MS || (enters && practice.lease.room === null);
}

/** Moves the lease to `host`; the page before loses its place in the call (the seat itself may be taken again at once). */
export function grant(lobby: Lobby, practice: Practice, host: Host): void {
  const before = lobby.holder(practice);
  if (before === host) return;
  vacate(lobby, practice, "lost");
  practice.lease = { holder: host.id, room: null };
  practice.wasHeld = true;
  if (before) tellToken(lobby, before);
  tellToken(lobby, host);
  tellLeases(lobby, practice);
  tellDoors(lobby, practice);
}

/** Nobody holds the lease any more. */
export function release(lobby: Lobby, practice: Practice): void {
  if (!practice.lease) return;
  vacate(lobby, practice, "lost");
  practice.lease = null;
  tellLeases(lobby, practice);
  tellDoors(lobby, practice);
}

/** The holder is not in its room any more: `lost` where the seat may be taken again within 30 s, `left` on purpose. */
export function vacate(lobby: Lobby, practice: Practice, how: "lost" | "left"): void {
  const { lease } = practice;
  const call = practice.rooms.find((room) => room.room === lease?.room)?.call;
  if (!lease || lease.room === null) return;
  practice.lease = { ...lease, room: null };
  lobby.slots.free(lease.holder);
  if (call && how === "left") lobby.presence.leave(call, "practice", lobby.now);
  if (call && how === "lost") lobby.presence.lose(call, "practice", lobby.now);
}

/** Gives a free lease to the page that came last of those that are here. */
export function offer(lobby: Lobby, practice: Practice): void {
  if (practice.lease || lobby.now.mono < practice.idleUntil || isReserved(lobby, practice)) return;
  const here = [...practice.hosts].filter((host) => host.line.at === "here");
  const last = here.sort((a, b) => b.arrival - a.arrival)[0];
  if (last) grant(lobby, practice, last);
}

/** After a restart the lease waits for the page that held it, if a call was on: another page must not answer its clients. */
export function isReserved(lobby: Lobby, practice: Practice): boolean {
  const running = practice.rooms.some((room) => room.call !== null);
  return running && !practice.wasHeld && lobby.now.mono - practice.since < SILENT_MS;
}

/** What time does to a lease: an idle holder that was silent for too long loses it, a free one is given away. */
export function tickLease(lobby: Lobby, practice: Practice): void {
  const holder = lobby.holder(practice);
  const silent = holder && lobby.now.mono - holder.heard >= SILENT_MS;
  if (silent && practice.lease?.room === null) release(lobby, practice);
  offer(lobby, practice);
}
