/** How a planned call is called on this device: names come from the vault, the time from this browser's zone. */
import type { PlannedCall } from "../../../wire/planned.ts";
import { t as app } from "../../i18n/app.ts";
import { timeOfDay } from "../../i18n/format.ts";
import { weekdayAndDay } from "../../i18n/moments.ts";
import { t } from "../../i18n/planned.ts";
import type { Client } from "../../vault/clients.ts";
import type { VaultView } from "../vault-view.ts";
import { daysFrom } from "./days.ts";
import { hereZone } from "./plan-draft.ts";

export const nameOf = ({ record }: Client) => (record.name ? `${record.id} · ${record.name}` : record.id);

/** Everybody of a planned call; somebody this device does not know yet is named as such. */
export function whoOf(view: VaultView, plan: PlannedCall): string {
  return view.clientsOf(plan).map(nameOf).join(", ") || app("calls.unknownClient");
}

/** "Heute", "Morgen", "Montag, 30. November". */
export function dayOf(at: number, now: number): string {
  const days = daysFrom(now, at, hereZone());
  if (days === 0) return t("list.today");
  return days === 1 ? t("list.tomorrow") : weekdayAndDay(at, now);
}

/** "Morgen, 10:00". */
export function whenOf(plan: PlannedCall): string {
  return `${dayOf(plan.startsAt, Date.now())}, ${timeOfDay(plan.startsAt)}`;
}
