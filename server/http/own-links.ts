/** Tells a browser whether the link it was opened with is its own practice's, and practice staff that they cannot go in; to everybody
 * else it tells nothing. */
import { Elysia, t } from "elysia";
import type { PracticeId, Rid } from "../../wire/ids.ts";
import { AT_ONCE_MS, KEPT_MS, type OwnLink } from "../../wire/planned.ts";
import { type Base, sessionIn } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { id } from "./shapes.ts";

/** `GET /api/links/:rid`: not an error without a session, since every client's page asks. */
export function ownLinks(base: Base) {
  return new Elysia().get(
    "/links/:rid",
    async ({ request, set, params }): Promise<OwnLink> => {
      const me = await sessionIn(base, request, set);
      if (me === null) return { own: false };
      if ((await base.store.staff.employment(me.practice)) !== null) throw new ApiFailure("staff.forbidden");
      return ownLink(base, me.practice, params.rid as Rid);
    },
    { params: t.Object({ rid: id }) },
  );
}

async function ownLink({ store, clock }: Base, practice: PracticeId, rid: Rid): Promise<OwnLink> {
  if ((await store.rooms.practiceOfLink(rid)) !== practice) return { own: false };
  const now = clock.now();
  const open = await store.rooms.openRoomOfLink(rid, now);
  const planned = await store.planned.ofLink(practice, rid, now - KEPT_MS, now + AT_ONCE_MS);
  return { own: true, room: open?.room.room ?? null, planned };
}
