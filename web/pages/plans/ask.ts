/** Where to ask for something: the operator's mail with a neutral subject, else whom to turn to. */
import type { Operator } from "../../api/operator.ts";
import { t } from "../../i18n/ledger.ts";

/** A `mailto:` address; null where the operator has named no mail. */
export function askAddress(operator: Pick<Operator, "mail"> | null, subject: string): string | null {
  return operator?.mail ? `mailto:${operator.mail}?subject=${encodeURIComponent(subject)}` : null;
}

/** Who is asked where there is no mail. */
export function askWords(operator: Pick<Operator, "name" | "address"> | null): string {
  if (!operator?.name) return t("plans.askOperator");
  const lines = [operator.name, ...operator.address.split(/\s*[\n;]\s*/)];
  return t("plans.askAt", lines.filter((line) => line !== "").join(", "));
}
