/** A settled call in words: how long, how it was paid, what was waived, what was not counted. */
import type { CallLine, MinuteKind, PaidBy } from "../../../wire/ledger.ts";
import { MINUTE_KINDS } from "../../../wire/ledger.ts";
import { sayMinutes, sayPoints } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";

/** In the order in which minutes are used (TF4). */
const WAYS: readonly PaidBy[] = ["promotion", "trial", "package", "points"];

/** "1:1 50 min · Gruppe 12 min"; kinds without minutes are not named. */
export function lengthWords(minutes: Readonly<Record<MinuteKind, number>>): string {
  return MINUTE_KINDS.filter((kind) => minutes[kind] > 0)
    .map((kind) => `${t(`kind.${kind}`)} ${sayMinutes(minutes[kind])}`)
    .join(" · ");
}

/** "mit Punkten", "12 min aus den Freiminuten, 8 min mit Punkten"; empty where no minute was. */
export function paidWords({ paid, waived }: Pick<CallLine, "paid" | "waived">): string {
  const ways = WAYS.filter((way) => paid[way] > 0);
  const [only] = ways;
  if (ways.length === 1 && only === "promotion" && waived > 0) return t("freeInsteadOf", sayPoints(waived));
  if (ways.length === 1 && only) return t(`statement.only.${only}`);
  return ways.map((way) => partWords(way, paid[way], waived)).join(", ");
}

function partWords(way: PaidBy, minutes: number, waived: number): string {
  const words = t(`statement.part.${way}`, sayMinutes(minutes));
  return way === "promotion" && waived > 0 ? `${words} (${t("statement.waived", sayPoints(waived))})` : words;
}

/** "Unterbrechung 2 min, nicht berechnet"; null where there is nothing to tell. */
export function gapWords(gaps: CallLine["gaps"]): string | null {
  if (gaps === null || gaps.count === 0) return null;
  return t("statement.gaps", gaps.count, sayMinutes(gaps.minutes));
}
