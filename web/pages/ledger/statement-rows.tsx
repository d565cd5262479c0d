/** Lines of a month: a call with how it was paid, and a credit. */
import { Show } from "solid-js";
import type { CallLine, CreditLine } from "../../../wire/ledger.ts";
import { sayChange, sayDay, sayPoints, sayTime, shortDay } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { gapWords, lengthWords, paidWords } from "./call-words.ts";

export function CallRow(props: { call: CallLine }) {
  const when = () => {
    const { day, begunAt } = props.call;
    return begunAt === null ? shortDay(day) : `${shortDay(day)}, ${sayTime(begunAt)}`;
  };
  const howWords = () =>
    [lengthWords(props.call.minutes), paidWords(props.call)].filter((words) => words !== "").join(" · ");
  return (
    <li class="ledger-row">
      <div class="ledger-what">
        <span>{when()}</span>
        <p class="field-hint tabular">{howWords()}</p>
        <Show when={gapWords(props.call.gaps)}>{(words) => <p class="field-hint tabular">{words()}</p>}</Show>
      </div>
      <span class="ledger-amount">{sayPoints(props.call.price)}</span>
    </li>
  );
}

export function CreditRow(props: { credit: CreditLine }) {
  const amount = () =>
    sayChange(props.credit.account === "points" ? "points" : "minutes", props.credit.amount);
  const hints = () => {
    const { until, account, correction } = props.credit;
    const what = correction ? t("statement.correction") : t(`statement.credit.${account}`);
    return until === null ? what : `${what}, ${t("credit.until", sayDay(until))}`;
  };
  return (
    <li class="ledger-row">
      <div class="ledger-what">
        <span>{shortDay(props.credit.day)}</span>
        <p class="field-hint">{hints()}</p>
      </div>
      <span class="ledger-amount">{amount()}</span>
    </li>
  );
}
