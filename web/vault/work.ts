/** The vault of practice staff: the key that came with the invitation, and what it opens (e2ee.md §2.11). */
import type { InvitationId, ItemId, PlanId, Rid } from "../../wire/ids.ts";
import { newId } from "../../wire/ids.ts";
import type { PlannedCall } from "../../wire/planned.ts";
import type { Records } from "./merge.ts";
import { openedShare } from "./shares.ts";
import { type SharedBox, staffOf } from "./team.ts";
import type { Vault } from "./vault.ts";

/** For whom this account works, and what is shared with it. */
export type Work = {
  readonly practice: string;
  readonly invitation: InvitationId;
  readonly shared: readonly SharedBox[];
};

/** Every function throws `Refused`; "staff.ended" once the access was taken away. */
export type WorkRemote = {
  work(): Promise<Work>;
  planned(): Promise<readonly PlannedCall[]>;
  plan(starts: readonly number[], clients: readonly (readonly Rid[])[]): Promise<readonly PlannedCall[]>;
  move(plan: PlanId, startsAt: number): Promise<readonly PlannedCall[]>;
  /** `later`: all that come after it in its series as well. */
  remove(plan: PlanId, later: boolean): Promise<void>;
};

/** A client as staff see it: how the practice calls it, the one link to send, and the handles that calls are planned for. */
export type SharedEntry = {
  readonly client: ItemId;
  readonly label: string;
  readonly link: string;
  readonly rids: readonly Rid[];
};

/** Keeps the key of an invitation that this account has accepted. One that is there already stays; one that opens nothing of what is shared
 * is another invitation's. */
export async function keepWorkKey(
  vault: Vault,
  { invitation, practice, shared }: Work,
  key: Uint8Array,
  now: number,
): Promise<void> {
  if (hasWorkKey(vault.state.get().records, invitation)) return;
  const isForeign = shared.length > 0 && !shared.some((one) => openedShare(key, invitation, one));
  if (isForeign) return;
  const secret = Uint8Array.from(key);
  const clients = new Uint8Array();
  await vault.change((records) =>
    records.set(newId<ItemId>(), { t: "staff", invitation, secret, name: practice, clients, createdAt: now }),
  );
}

/** Can this vault open what is shared under an invitation? */
export function hasWorkKey(records: Records, invitation: InvitationId): boolean {
  return staffOf(records, invitation) !== undefined;
}

const order = new Intl.Collator("de", { numeric: true, sensitivity: "base" });

/** What opens with the key in the vault, sorted by name. A link that leads to another place is not one of the practice and is left out. */
export function entriesOf(records: Records, { invitation, shared }: Work, origin: string): SharedEntry[] {
  const secret = staffOf(records, invitation)?.record.secret;
  const entries = new Map<ItemId, SharedEntry>();
  for (const one of secret ? shared : []) {
    const content = secret && openedShare(secret, invitation, one);
    if (!content?.link.startsWith(`${origin}/j#`)) continue;
    const { client, label, link } = content;
    const rids = [...(entries.get(client)?.rids ?? []), one.rid];
    entries.set(client, { client, label, link, rids });
  }
  return [...entries.values()].sort(
    (a, b) => order.compare(a.label, b.label) || (a.client < b.client ? -1 : 1),
  );
}
