/** What a therapist does with practice staff: invite, share links, take the access away. Labels and links come sealed. */
import { Elysia, t } from "elysia";
import type { Person } from "../../db/staff.ts";
import { base64url } from "../../wire/bytes.ts";
import type { InvitationId, Rid } from "../../wire/ids.ts";
import {
  SHARED_BOX_MAX,
  SHARED_PER_PUT,
  type SharedLink,
  type StaffList,
  type StaffPerson,
} from "../../wire/staff.ts";
import { type Base, signedIn } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { binary, bytesOf, id } from "./shapes.ts";

const one = t.Object({ invitation: id });
const change = t.Object({
  put: t.Array(t.Object({ rid: id, box: binary(40, SHARED_BOX_MAX) }), { maxItems: SHARED_PER_PUT }),
  drop: t.Array(id, { maxItems: SHARED_PER_PUT }),
});

/** `GET|POST /api/staff`, `DELETE /api/staff/:invitation`, `POST /api/staff/:invitation/shared`. */
export function staff(base: Base) {
  const { store, clock } = base;
  return new Elysia()
    .use(signedIn(base))
    .get("/staff", async ({ me }): Promise<StaffList> => {
      const { people, invitations } = await store.staff.team(me.practice, clock.now());
      return { people: people.map(personOf), invitations };
    })
    .post(
      "/staff",
      async ({ me, body, set }) => {
        const invitation = {
          id: body.invitation as InvitationId,
          tokenHash: bytesOf(body.tokenHash),
        };
        if (!(await store.invitations.add(me.practice, invitation, clock.now())))
          throw new ApiFailure("staff.too-many");
        set.status = 204;
      },
      { body: t.Object({ invitation: id, tokenHash: binary(32) }) },
    )
    .delete(
      "/staff/:invitation",
      async ({ me, params, set }) => {
        if (!(await store.staff.end(me.practice, params.invitation as InvitationId)))
          throw new ApiFailure("staff.unknown");
        set.status = 204;
      },
      { params: one },
    )
    .post(
      "/staff/:invitation/shared",
      async ({ me, params, body, set }) => {
        const done = await store.shared.change(me.practice, params.invitation as InvitationId, {
          put: body.put.map(({ rid, box }) => ({ rid: rid as Rid, box: bytesOf(box) })),
          drop: body.drop as Rid[],
        });
        if (done === "unknown-person") throw new ApiFailure("staff.unknown");
        if (done === "unknown-link") throw new ApiFailure("link.unknown");
        set.status = 204;
      },
      { params: one, body: change },
    );
}

function personOf({ shared, ...person }: Person): StaffPerson {
  return { ...person, shared: sharedLinks(shared) };
}

/** Boxes as they are told. */
export function sharedLinks(shared: readonly { rid: Rid; box: Uint8Array }[]): SharedLink[] {
  return shared.map(({ rid, box }) => ({ rid, box: base64url(box) }));
}
