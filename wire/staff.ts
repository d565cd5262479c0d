/** What practice staff ("Praxispersonal") is on the wire, and how many there may be. The server knows an account, a time, and which links are
 * shared with it: no label, no link, no key (e2ee.md §2.11). */
import type { InvitationId, Rid } from "./ids.ts";

/** One link as it is shared: base64url of the sealed box. */
export type SharedLink = { readonly rid: Rid; readonly box: string };

/** Somebody who works for the practice. */
export type StaffPerson = {
  readonly invitation: InvitationId;
  readonly user: string;
  /** Unix milliseconds. */
  readonly since: number;
  readonly shared: readonly SharedLink[];
};

/** Answer to `GET /api/staff`: who works for the practice, and which invitations may still be accepted. */
export type StaffList = {
  readonly people: readonly StaffPerson[];
  readonly invitations: readonly { readonly invitation: InvitationId; readonly createdAt: number }[];
};

/** Answer to `GET /api/work`: for whom this account works, and what is shared with it. */
export type Work = {
  readonly practice: string;
  readonly invitation: InvitationId;
  readonly shared: readonly SharedLink[];
};

/** An invitation is good for so long, once. Higher: a forgotten mail opens more. Lower: whoever is on holiday needs a second one. */
export const INVITATION_MS = 7 * 24 * 60 * 60_000;
/** Bytes of the part of an invitation that the server is shown; it keeps the SHA-256. */
export const INVITATION_TOKEN_BYTES = 16;
/** People and open invitations of one practice. Higher: each look at them reads more. Lower: a clinic's office does not fit. */
export const STAFF_MAX = 16;
/** Links in one write. The reasons are those of a vault's write. */
export const SHARED_PER_PUT = 256;
/** Bytes of one sealed link: a name of 400 characters and an address. */
export const SHARED_BOX_MAX = 4096;
