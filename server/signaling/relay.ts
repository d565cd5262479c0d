/** Sealed messages go from one end of a route to the other and are never looked into (knocks by code are counted, `core.ts`). Between whom there is a route: a
 * client's peer and the page that its door names, of one practice; nobody else. The server keeps nothing. */
import type { PeerId } from "../../wire/ids.ts";
import type { ToBrowser } from "../../wire/signal.ts";
import { doorOf, type Lobby } from "./lobby.ts";
import type { Peer } from "./peer.ts";

/** Peers of the run before that are waited for, in all. Higher: memory in the first minute. Lower: a route to a peer that
 * does not come back is found dead later. */
const AWAITED_MAX = 4096;

/** Passes `message` on to `to`, where `from` has a route to it; else says why not. */
export function relay(lobby: Lobby, from: Peer, to: PeerId, message: ToBrowser): void {
  const other = lobby.peers.get(to);
  if (!other || !isRoute(lobby, from, other)) stray(lobby, from, to, other !== undefined);
  else if (other.line.at === "away") lobby.count("away-relay");
  else lobby.tell(other, message);
}

/** True between a client and the lease holder of its practice, while the client's door names that one. A page may speak
 * to every client of its practice, so that a client whose room was just closed still hears the sealed goodbye. */
export function isRoute(lobby: Lobby, from: Peer, to: Peer): boolean {
  if (from.practice !== to.practice || from.role === to.role) return false;
  const practice = lobby.practice(from.practice);
  if (from.role === "client") return doorOf(practice, from).host === to.id;
  return practice.lease?.holder === from.id;
}

/** A peer of another practice is answered like one that never was. */
function stray(lobby: Lobby, from: Peer, to: PeerId, exists: boolean): void {
  lobby.count("stray-relay");
  const mayCome = !exists && lobby.isFresh(lobby.practice(from.practice)) && expect(lobby, from, to);
  lobby.tell(from, { t: "peer", peer: to, state: mayCome ? "away" : "gone" });
}

function expect(lobby: Lobby, from: Peer, to: PeerId): boolean {
  const asking = lobby.awaited.get(to) ?? new Set<PeerId>();
  if (asking.size === 0 && lobby.awaited.size >= AWAITED_MAX) return false;
  lobby.awaited.set(to, asking.add(from.id));
  return true;
}

/** Peers of the run before that did not come back in time are gone. */
export function tickAwaited(lobby: Lobby): void {
  for (const [peer, asking] of lobby.awaited) {
    for (const id of asking) {
      const from = lobby.peers.get(id);
      if (from && lobby.isFresh(lobby.practice(from.practice))) continue;
      asking.delete(id);
      if (from && !lobby.peers.has(peer)) lobby.tell(from, { t: "peer", peer, state: "gone" });
    }
    if (asking.size === 0) lobby.awaited.delete(peer);
  }
}
