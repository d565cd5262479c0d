/** Rooms for practice software, by the same functions as the pages' routes: a client is named by the handles of the links. */
import { Elysia, t } from "elysia";
import type { Rid, RoomId } from "../../../wire/ids.ts";
import type { OpenRoom } from "../../../wire/signal.ts";
import { openRooms } from "../../billing/startable.ts";
import { ApiFailure } from "../failure.ts";
import { clientsShape, open } from "../rooms.ts";
import { id } from "../shapes.ts";
import { type ApiBase, withScope } from "./bearer.ts";
import { nothing, openRoom, roomList } from "./shapes.ts";
import { nothingElse, told } from "./told.ts";

const forWhom = t.Object({ clients: clientsShape });

/** `GET|POST /api/v1/rooms`, `DELETE …/:room`. */
export function rooms(base: ApiBase) {
  const { store, clock, events } = base;
  return new Elysia({ prefix: "/rooms" })
    .use(withScope(base, "rooms"))
    .get(
      "",
      async ({ holder }): Promise<{ rooms: OpenRoom[] }> => ({
        rooms: await openRooms(store, holder.practice, clock.now()),
      }),
      { response: { 200: roomList }, detail: told("listRooms", "rooms") },
    )
    .post(
      "",
      async ({ holder, body, set }): Promise<OpenRoom> => {
        const room = await open(base, holder.practice, body.clients as Rid[][]);
        events.opened(holder.practice);
        set.status = 201;
        return room;
      },
      {
        body: forWhom,
        transform: nothingElse(forWhom),
        response: { 201: openRoom },
        detail: told("openRoom", "rooms", [
          "request.invalid",
          "link.unknown",
          "room.client-open",
          "room.too-many",
          "room.open-limit",
          "room.no-credit",
          "server.draining",
          "server.apart",
        ]),
      },
    )
    .delete(
      "/:room",
      async ({ holder, params, set }) => {
        const room = params.room as RoomId;
        if (!(await store.rooms.closeRoom(room, clock.now(), holder.practice)))
          throw new ApiFailure("room.unknown");
        events.closed(holder.practice, room);
        set.status = 204;
      },
      {
        params: t.Object({ room: id }),
        response: { 204: nothing },
        detail: told("closeRoom", "rooms", ["request.invalid", "room.unknown"]),
      },
    );
}
