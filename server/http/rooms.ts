/** Opening a room for two hours ("Starten"), the list of open ones, and ending one ("×"). */
import { Elysia, t } from "elysia";
import type { Opening } from "../../db/rooms.ts";
import type { PracticeId, Rid, RoomId } from "../../wire/ids.ts";
import { CLIENTS_PER_ROOM_MAX, LINKS_PER_CLIENT_MAX, type OpenRoom } from "../../wire/signal.ts";
import { canStart, kindOf, openRooms } from "../billing/startable.ts";
import { type Base, signedIn } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { id } from "./shapes.ts";

/** Read up to here so that a ninth client gets the answer made for it; more is no page of ours. */
const CLIENTS_READ_MAX = 64;

/** For whom: the links of each client. */
export const clientsShape = t.Array(t.Array(id, { minItems: 1, maxItems: LINKS_PER_CLIENT_MAX }), {
  minItems: 1,
  maxItems: CLIENTS_READ_MAX,
});

/** `GET|POST /api/rooms`, `DELETE /api/rooms/:room`. */
export function rooms(base: Base) {
  return new Elysia()
    .use(signedIn(base))
    .get("/rooms", async ({ me }): Promise<{ rooms: OpenRoom[] }> => {
      return { rooms: await openRooms(base.store, me.practice, base.clock.now()) };
    })
    .post(
      "/rooms",
      async ({ me, body, set }): Promise<OpenRoom> => {
        const room = await open(base, me.practice, body.clients as Rid[][]);
        base.events.opened(me.practice);
        set.status = 201;
        return room;
      },
      { body: t.Object({ clients: clientsShape }) },
    )
    .delete(
      "/rooms/:room",
      async ({ me, params, set }) => {
        const room = params.room as RoomId;
        if (!(await base.store.rooms.closeRoom(room, base.clock.now(), me.practice))) {
          throw new ApiFailure("room.unknown");
        }
        base.events.closed(me.practice, room);
        set.status = 204;
      },
      { params: t.Object({ room: id }) },
    );
}

/** Throws where so many clients make no room, or a link is named twice. */
export function checkClients(clients: readonly (readonly Rid[])[]): void {
  if (clients.length > CLIENTS_PER_ROOM_MAX) throw new ApiFailure("room.too-many");
  const rids = clients.flat();
  if (new Set(rids).size < rids.length) throw new ApiFailure("request.invalid");
}

/** Opens the room of these clients. Throws the refusal otherwise. */
export async function open(base: Base, practice: PracticeId, clients: Rid[][]): Promise<OpenRoom> {
  const { store, clock } = base;
  mustTakeRooms(base);
  checkClients(clients);
  if (!(await canStart(store, practice, kindOf(clients.length), clock.now())))
    throw new ApiFailure("room.no-credit");
  return roomOf(await store.rooms.openRoom(practice, clients, clock.now()));
}

/** Throws where this server is on its way out, since what begins here now would be interrupted; and where the nodes cannot agree which of
 * them would have the room. */
export function mustTakeRooms({ drainingFor, isApart }: Pick<Base, "drainingFor" | "isApart">): void {
  if (isApart()) throw new ApiFailure("server.apart");
  const retryAfterSeconds = drainingFor();
  if (retryAfterSeconds !== null) throw new ApiFailure("server.draining", { retryAfterSeconds });
}

/** The room that was opened, as pages see it. Throws the refusal otherwise. */
export function roomOf(answer: Opening): OpenRoom {
  switch (answer.kind) {
    case "opened":
      return { ...answer.room, startable: true };
    case "client-open":
      throw new ApiFailure("room.client-open", { room: answer.room });
    case "open-limit":
      throw new ApiFailure("room.open-limit");
    case "unknown-link":
      throw new ApiFailure("link.unknown");
  }
}
