/** The answer to `media`: tokens for a peer's two media sessions, good for whoever has a slot now (PROTOCOL.md "Relay"). */
import type { Bytes } from "../../wire/bytes.ts";
import type { Pass } from "../sfu/events.ts";
import { type Lobby, tellNode } from "./lobby.ts";
import type { Peer } from "./peer.ts";

/** Gives the peer a fresh token for each way and transport; one without a slot only crossed a message on the way. */
export function media(lobby: Lobby, peer: Peer): void {
  const held = lobby.slots.of(peer.id);
  if (!held) return void lobby.count("stray-media");
  const pair = (way: Pass["way"]): [Bytes, Bytes] => [
    mint(lobby, { ...held, way }),
    mint(lobby, { ...held, way }),
  ];
  tellNode(lobby, peer);
  lobby.tell(peer, { t: "media", slot: held.slot, up: pair("up"), down: pair("down"), quic: lobby.quic() });
}

function mint(lobby: Lobby, pass: Pass): Bytes {
  const token = lobby.newPass();
  lobby.do({ t: "pass", token, pass });
  return token;
}
