/** Rooms, planned calls and the private calendar, asked of the server. */
import type { PlanId, Rid, RoomId } from "../../wire/ids.ts";
import type { PlannedCall } from "../../wire/planned.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { api, take } from "./server.ts";

/** Rooms. All throw `Refused`. */
export const roomsApi = {
  async list(): Promise<OpenRoom[]> {
    return (await take(api().rooms.get())).rooms;
  },
  /** "room.client-open" names the room that is open already. */
  async open(clients: readonly (readonly Rid[])[]): Promise<OpenRoom> {
    return take(api().rooms.post({ clients: clients.map((rids) => [...rids]) }));
  },
  async close(room: RoomId): Promise<void> {
    await take(api().rooms({ room }).delete());
  },
};

/** Planned calls. All throw `Refused`; "room.client-open" names the room that is open already. */
export const plannedApi = {
  /** By time. */
  async list(): Promise<readonly PlannedCall[]> {
    return (await take(api().planned.get())).planned;
  },
  /** One call, or a series where there are several starts (Unix milliseconds). */
  async add(
    starts: readonly number[],
    clients: readonly (readonly Rid[])[],
  ): Promise<readonly PlannedCall[]> {
    const body = { starts: [...starts], clients: clients.map((rids) => [...rids]) };
    return (await take(api().planned.post(body))).planned;
  },
  async move(plan: PlanId, startsAt: number): Promise<readonly PlannedCall[]> {
    return (await take(api().planned({ plan }).patch({ startsAt }))).planned;
  },
  /** `later`: all that come after it in its series as well. */
  async remove(plan: PlanId, later: boolean): Promise<void> {
    await take(
      api()
        .planned({ plan })
        .delete({}, { query: later ? { series: "all" as const } : {} }),
    );
  },
  /** Opens its room; the plan is then gone. */
  async start(plan: PlanId): Promise<OpenRoom> {
    return take(api().planned({ plan }).start.post());
  },
};

/** The private calendar. All throw `Refused`. */
export const feedApi = {
  /** Since when there is one, Unix milliseconds; null: none. */
  async since(): Promise<number | null> {
    return (await take(api().feed.get())).since;
  },
  /** A new one, in place of the one before; its secret is told only here. */
  async renew(): Promise<{ token: string; since: number }> {
    return take(api().feed.post());
  },
  async remove(): Promise<void> {
    await take(api().feed.delete());
  },
};

/** Where calendar programs read the feed with this secret. */
export function feedAddress(token: string, language: string): string {
  return `${location.origin}/api/feed/${token}.ics${language === "de" ? "" : `?lang=${language}`}`;
}
