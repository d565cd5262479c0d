/** Pages of the crowd by their signaling alone: a therapist who enters a room, a client who knocks and is seated. What is sealed between
 * browsers goes to and fro as bytes of the size that it has there. */
import { noise } from "../../db/testing/samples.ts";
import { SignalPage } from "../../server/testing/signal-page.ts";
import { newId, type PeerId, type Rid, type RoomId, type SeatId } from "../../wire/ids.ts";
import { SIGNAL_VERSION as v } from "../../wire/version.ts";
import { addressOf, type Practice } from "./practice.ts";

/** Where the crowd's server is. */
export type Place = { readonly port: number; readonly origin: string };

/** The four messages of a handshake, in bytes: M1, M2, admission with the offer, answer (a session description of two tracks each). */
const HANDSHAKE_BYTES = [180, 260, 6_000, 5_000] as const;
/** As pages do (PROTOCOL.md "Signaling"). */
const BEAT_EVERY_MS = 15_000;

/** A page that says it is there from time to time. */
export class CrowdPage {
  readonly page: SignalPage;
  readonly #beat: ReturnType<typeof setInterval>;
  readonly #sent = new Map<PeerId, number>();

  constructor(
    { port, origin }: Place,
    first: ConstructorParameters<typeof SignalPage>[1],
    from: number,
    cookie = "",
  ) {
    this.page = new SignalPage(port, first, cookie, origin, { "x-forwarded-for": addressOf(from) });
    this.#beat = setInterval(() => this.page.send({ t: "beat" }), BEAT_EVERY_MS);
  }

  /** Relays so many sealed bytes. */
  relay(to: PeerId, bytes: number): void {
    const n = (this.#sent.get(to) ?? 0) + 1;
    this.#sent.set(to, n);
    this.page.send({ t: "relay", to, n, ack: 0, data: noise(bytes) });
  }

  close(): void {
    clearInterval(this.#beat);
    this.page.close();
  }
}

/** A client page at the door: welcomed, and told whether the door is open. */
export async function atDoor(place: Place, rid: Rid, from: number): Promise<CrowdPage> {
  const client = new CrowdPage(place, { t: "hello", v, rid }, from);
  await client.page.next("welcome");
  await client.page.next("door");
  return client;
}

/** The therapist's page, in the room. */
export async function host(
  place: Place,
  { cookie }: Practice,
  room: RoomId,
  from: number,
): Promise<CrowdPage> {
  const page = new CrowdPage(place, { t: "host", v }, from, cookie);
  await page.page.next("lease");
  page.page.send({ t: "enter", room });
  return page;
}

/** A client comes in: connects, learns of the open door, shakes hands with the therapist's page, is seated in this slot. */
export async function joins(
  place: Place,
  at: CrowdPage,
  rid: Rid,
  slot: number,
  from: number,
): Promise<CrowdPage> {
  const client = new CrowdPage(place, { t: "hello", v, rid }, from);
  const { peer } = await client.page.next("welcome");
  let { host: to } = await client.page.next("door");
  while (to === null) ({ host: to } = await client.page.next("door"));
  const [m1, m2, offer, answer] = HANDSHAKE_BYTES;
  client.relay(to, m1);
  await hears(at, peer);
  at.relay(peer, m2);
  await hears(client, to);
  client.relay(to, answer);
  await hears(at, peer);
  at.page.send({ t: "seat", peer, seat: newId<SeatId>(), slot });
  at.relay(peer, offer);
  await client.page.next("seated");
  await hears(client, to);
  return client;
}

/** The next relayed message from this peer; those of others stay for whoever waits for them. */
async function hears({ page }: CrowdPage, peer: PeerId): Promise<void> {
  await page.nextThat((message) => message.t === "relay" && message.from === peer);
}
