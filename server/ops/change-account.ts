/** What the operator does with one account: locks it, unlocks it, deletes it. The server may be running and notices by itself. */
import type { Store } from "../../db/store.ts";
import { PRICING } from "../billing/pricing.ts";
import type { Outcome } from "./carry-out.ts";
import type { Command } from "./command.ts";
import { UsageError } from "./usage.ts";

export type ChangeOfAccount = Command & { do: "practice lock" | "practice unlock" | "practice delete" };

/** Of staff too. Throws `UsageError` where nobody has the name, or a deletion was not confirmed. */
export async function changeAccount(
  { practices, locks }: Pick<Store, "practices" | "locks">,
  command: ChangeOfAccount,
  now: number,
): Promise<Outcome> {
  const { user } = command;
  const account = await practices.byUser(user);
  if (account === null) throw new UsageError(`Nobody here is called ${user}.`);
  if (command.do === "practice lock") {
    const isNew = await locks.lock(account.id, now);
    return {
      out: "",
      note: isNew ? `${user} is locked, its sessions have ended.` : `${user} was locked before.`,
    };
  }
  if (command.do === "practice unlock") {
    const was = await locks.unlock(account.id);
    return { out: "", note: was ? `${user} can log in again.` : `${user} was not locked.` };
  }
  if (!("confirmed" in command) || !command.confirmed)
    throw new UsageError(`This cannot be undone. Say so by --confirm ${user}.`);
  // [LG6] a call that is on is settled first, entries stay
  await practices.remove(account.id, PRICING, now);
  return { out: "", note: `${user} is deleted. Backups made before still have it.` };
}
