/** A therapist and one client in a call of a real server, by their messages alone: no page, no secrets. For tests. */
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { type ItemId, newId, type Rid, type RoomId, type SeatId } from "../../wire/ids.ts";
import { SIGNAL_VERSION as v } from "../../wire/version.ts";
import { ORIGIN, register, type Site } from "./rig.ts";
import { SignalPage } from "./signal-page.ts";

/** Both are seated: slots 0 and 1. */
export async function seatedCall(server: Site & { readonly port: number }, origin = ORIGIN) {
  const { browser, sent } = await register(server, { origin });
  const rid = newId<Rid>();
  const item = { id: newId<ItemId>(), version: 1, box: base64url(noise(296)) };
  const links = { add: [rid], drop: [] };
  await browser.ask("POST", "/api/vault", {
    base: 0,
    manifest: base64url(noise(40)),
    put: [item],
    drop: [],
    links,
  });
  const opened = await browser.ask("POST", "/api/rooms", { clients: [[rid]] });
  const host = new SignalPage(server.port, { t: "host", v }, browser.cookie(), origin);
  await host.next("lease");
  host.send({ t: "enter", room: opened.body.room as RoomId });
  const client = new SignalPage(server.port, { t: "hello", v, rid }, "", origin);
  const { peer } = await client.next("welcome");
  host.send({ t: "seat", peer, seat: newId<SeatId>(), slot: 1 });
  await client.next("seated");
  return { host, client, room: opened.body.room as RoomId, rid, browser, sent, cookie: browser.cookie() };
}
