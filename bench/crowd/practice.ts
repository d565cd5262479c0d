/** A practice as the crowd needs it: registered over HTTP by the real server, with links that it may open rooms for. */
import { noise } from "../../db/testing/samples.ts";
import { type Browser, register, type Site } from "../../server/testing/rig.ts";
import { base64url } from "../../wire/bytes.ts";
import { type ItemId, newId, type Rid, type RoomId } from "../../wire/ids.ts";

export type Practice = { readonly cookie: string; readonly rids: readonly Rid[]; readonly browser: Browser };

/** A new account with so many links. `address`: where its requests come from, as the proxy in front says it. */
export async function newPractice(
  site: Site,
  origin: string,
  address: string,
  links: number,
): Promise<Practice> {
  const { browser } = await register(site, { origin, "x-forwarded-for": address });
  const rids = Array.from({ length: links }, () => newId<Rid>());
  const { status } = await browser.ask("POST", "/api/vault", {
    base: 0,
    manifest: base64url(noise(40)),
    put: [{ id: newId<ItemId>(), version: 1, box: base64url(noise(296)) }],
    drop: [],
    links: { add: rids, drop: [] },
  });
  if (status >= 300) throw new Error(`the vault answered ${status}`);
  return { cookie: browser.cookie(), rids, browser };
}

/** Opens a room for these clients, one link each. */
export async function openRoom({ browser }: Practice, rids: readonly Rid[]): Promise<RoomId> {
  const { status, body } = await browser.ask("POST", "/api/rooms", { clients: rids.map((rid) => [rid]) });
  if (status >= 300) throw new Error(`the room was not opened: ${status}`);
  return body.room as RoomId;
}

/** Addresses of the crowd: each carries no more pages than a house would. */
export function addressOf(index: number, perAddress = 8): string {
  const house = Math.floor(index / perAddress);
  return `10.${(house >> 16) & 255}.${(house >> 8) & 255}.${house & 255}`;
}
