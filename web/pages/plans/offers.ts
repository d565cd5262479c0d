/** What the tariffs of today offer, in words; a price that is waived is said all the same. */
import type { Plans } from "../../../wire/ledger.ts";
import { sayPoints } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { sessionPrice } from "../ledger/price-words.ts";

/** Calls of two. */
export function singleOffer({ tariffs }: Plans) {
  const { price, free } = tariffs.single;
  const session = sessionPrice(tariffs.single);
  if (!free) return { ...charged(price), text: t("plans.single.text", session) };
  return {
    ...freely(),
    text: price > 0 ? t("plans.single.freeText", session) : t("plans.single.freeAlways"),
  };
}

/** Groups. */
export function flexOffer({ tariffs }: Plans) {
  const { price, free } = tariffs.group;
  if (!free) return { ...charged(price), text: t("plans.flex.text") };
  return { ...freely(), text: t("plans.flex.freeText", sayPoints(price)) };
}

const charged = (price: number) => ({ price: sayPoints(price), per: t("plans.perMinute") });
const freely = () => ({ price: t("plans.free"), per: t("plans.forNow") });
