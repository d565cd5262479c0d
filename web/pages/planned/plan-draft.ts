/** What stands in the fields of "Anruf planen", and what comes of it. */
import { STARTS_MAX } from "../../../wire/planned.ts";
import { longDay } from "../../i18n/moments.ts";
import { t } from "../../i18n/planned.ts";
import { type Fault, nextHour, startsOf, type Typed, weeksOf } from "./dates.ts";

export type PlanDraft = Typed & { readonly weekly: boolean; readonly count: string };

/** The time zone of this browser. */
export const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the fields begin with. */
export function newDraft(): PlanDraft {
  return { ...nextHour(Date.now(), hereZone()), weekly: false, count: "10" };
}

/** Sentences for the fields that are wrong. */
export type DraftFaults = { readonly date?: string; readonly time?: string; readonly count?: string };

/** The starts, or what is wrong in which field. */
export function readDraft(draft: PlanDraft): { starts: readonly number[] } | { faults: DraftFaults } {
  const weeks = draft.weekly ? weeksOf(draft.count) : 1;
  const made = startsOf(draft, weeks ?? 1, hereZone(), Date.now());
  const count = weeks === null ? { count: t("fault.count", STARTS_MAX) } : {};
  if ("starts" in made) return weeks === null ? { faults: count } : made;
  return { faults: { ...faultsOf(made.fault), ...count } };
}

/** The sentence at the field that mends it. */
export function faultsOf(fault: Fault): DraftFaults {
  if (fault.why === "gap") return { time: t("fault.gap", longDay(fault.date), fault.time) };
  return fault.why === "time" ? { time: t("fault.time") } : { date: t(`fault.${fault.why}`) };
}
