/** What a therapist does with practice staff: invite somebody, choose which clients are shared, take the access away. What the server keeps
 * of it, `share-keeper.ts` writes. All throw `Refused`. */
import { formatInvitation, newInvitation, tokenHash } from "../../wasm/invitation.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type InvitationId, type ItemId, newId, type Rid } from "../../wire/ids.ts";
import type { Records } from "./merge.ts";
import type { StaffRecord } from "./records.ts";
import { Refused } from "./remote.ts";
import { withClients } from "./staff-record.ts";
import type { Vault } from "./vault.ts";

/** One link as the server keeps it for one person. */
export type SharedBox = { readonly rid: Rid; readonly box: Bytes };
/** Somebody who works for the practice. */
export type Person = {
  readonly invitation: InvitationId;
  readonly user: string;
  readonly since: number;
  readonly shared: readonly SharedBox[];
};
/** Everybody, and the invitations that wait. */
export type Team = {
  readonly people: readonly Person[];
  readonly invitations: readonly { readonly invitation: InvitationId; readonly createdAt: number }[];
};

/** Every function throws `Refused`. */
export type StaffRemote = {
  team(): Promise<Team>;
  invite(invitation: InvitationId, tokenHash: Bytes): Promise<void>;
  /** Takes an invitation back, or the access that came of it. */
  end(invitation: InvitationId): Promise<void>;
  /** At most `SHARED_PER_PUT` of each; "link.unknown" where the server does not know one of the links (any more). */
  share(
    invitation: InvitationId,
    change: { readonly put: readonly SharedBox[]; readonly drop: readonly Rid[] },
  ): Promise<void>;
};

/** The record of a person, or of an invitation, and the item it lies in. */
export function staffOf(
  records: Records,
  invitation: InvitationId,
): { readonly item: ItemId; readonly record: StaffRecord } | undefined {
  for (const [item, record] of records)
    if (record.t === "staff" && record.invitation === invitation) return { item, record };
  return undefined;
}

/** Makes an invitation; the answer is the link to send. `name` is for the therapist alone. The key is in the vault before the server hears of
 * the invitation, so that nobody can accept one whose key is lost. */
export async function invite(
  vault: Vault,
  remote: StaffRemote,
  about: { readonly name: string; readonly origin: string; readonly now: number },
): Promise<string> {
  const made = newInvitation();
  const invitation = newId<InvitationId>();
  const record: StaffRecord = {
    t: "staff",
    invitation,
    secret: made.key,
    name: about.name,
    clients: new Uint8Array(),
    createdAt: about.now,
  };
  await vault.change((records) => records.set(newId<ItemId>(), record));
  try {
    await remote.invite(invitation, tokenHash(made.token));
  } catch (error) {
    await forget(vault, invitation).catch(() => undefined);
    throw error;
  }
  return formatInvitation(about.origin, made);
}

/** Shares exactly these clients with a person. */
export async function shareWith(
  vault: Vault,
  invitation: InvitationId,
  clients: Iterable<ItemId>,
): Promise<void> {
  await vault.change((records) => {
    const found = staffOf(records, invitation);
    if (found) records.set(found.item, withClients(found.record, clients));
  });
}

/** Takes the access away, or an invitation back. One that is gone already is no error. */
export async function dismiss(vault: Vault, remote: StaffRemote, invitation: InvitationId): Promise<void> {
  await remote.end(invitation).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.code !== "staff.unknown") throw error;
  });
  await forget(vault, invitation);
}

async function forget(vault: Vault, invitation: InvitationId): Promise<void> {
  await vault.change((records) => {
    const found = staffOf(records, invitation);
    if (found) records.delete(found.item);
  });
}
