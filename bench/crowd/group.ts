/** Group rooms of the crowd: seats given by the real signaling, sound and pictures by the real relay. */
import type { QuicPort } from "../../wire/signal.ts";
import type { Seats } from "../load/room.ts";
import { type CrowdPage, host, joins, type Place } from "./pages.ts";
import { openRoom, type Practice } from "./practice.ts";

/** Which of the two tokens that a page is given for each session. */
const TOKEN = { quic: 0, socket: 1 } as const;

/** `quic`: where the last one was told to find the relay by QUIC. */
export type GroupSeats = Seats & { quic(): QuicPort | null; close(): void };

/** A room of this practice: slot 0 is the therapist, slot n the client with the link before it. `from`: the first address number. */
export async function groupSeats(
  place: Place,
  practice: Practice,
  way: keyof typeof TOKEN,
  from: number,
): Promise<GroupSeats> {
  const room = await openRoom(practice, practice.rids);
  const therapist = await host(place, practice, room, from);
  const pages = new Map<number, CrowdPage>([[0, therapist]]);
  let at: QuicPort | null = null;
  const close = () => {
    for (const page of pages.values()) page.close();
  };
  return {
    async seat(slot) {
      const rid = practice.rids[slot - 1];
      const page = rid === undefined ? therapist : await joins(place, therapist, rid, slot, from + slot);
      pages.set(slot, page);
      page.page.send({ t: "media" });
      const { up, down, quic } = await page.page.next("media");
      at = quic[0] ?? null;
      return [up[TOKEN[way]], down[TOKEN[way]]];
    },
    unseat(slot) {
      const page = pages.get(slot);
      page?.page.send({ t: "leave" });
    },
    quic: () => at,
    close,
  };
}
