/** Practices that another node answers for: whoever asks here is told which, and whoever is here goes there. */
import type { PracticeId } from "../../wire/ids.ts";
import type { Lobby } from "./lobby.ts";
import type { Conn } from "./peer.ts";

/** Names the node to ask, and closes. */
export function send(lobby: Lobby, conn: Conn, node: string): void {
  lobby.do({ t: "send", conn: conn.id, message: { t: "at", node } });
  lobby.shut(conn, "elsewhere");
}

/** Forgets a practice without a word to billing: its calls go on at the node that measures them now. Pages come back at once, and the
 * first node they ask knows where. */
export function moved(lobby: Lobby, id: PracticeId): void {
  const practice = lobby.practices.get(id);
  if (!practice) return;
  for (const { call } of practice.rooms) {
    if (call === null) continue;
    lobby.presence.forget(call);
    lobby.slots.end(call);
  }
  for (const { id: peer, line } of [...practice.hosts, ...practice.clients]) {
    const conn = line.at === "here" ? lobby.conns.get(line.conn) : undefined;
    if (conn) lobby.shut(conn, "elsewhere");
    lobby.peers.delete(peer);
  }
  lobby.practices.delete(id);
}
