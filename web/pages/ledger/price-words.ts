/** What a minute costs, in words. */
import type { Tariff } from "../../../wire/ledger.ts";
import { sayPoints } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";

/** The length of a session, which prices are also said for. */
const SESSION_MINUTES = 50;

/** "0,40 Punkte je Minute", "bis auf Weiteres kostenlos, sonst 0,40 Punkte je Minute". */
export function minutePrice({ price, free }: Tariff): string {
  const paid = t("perMinute", sayPoints(price));
  if (!free) return paid;
  return price === 0 ? t("free") : t("freeElse", paid);
}

/** "20 Punkte": fifty minutes at this price. */
export function sessionPrice({ price }: Tariff): string {
  return sayPoints(price * SESSION_MINUTES);
}
