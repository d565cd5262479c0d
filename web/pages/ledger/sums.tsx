/** The sums of a month and its balance, as they stand in the ledger. */
import { For, Show } from "solid-js";
import { MINUTE_KINDS, type Statement } from "../../../wire/ledger.ts";
import { sayMinutes, sayPoints } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";

const NAMES = { single: "statement.sumSingle", group: "statement.sumGroup" } as const;

export function Sums(props: { statement: Statement; isNow: boolean }) {
  const sums = () => props.statement.sums;
  return (
    <div class="ledger-part">
      <h3>{t("statement.sums")}</h3>
      <dl class="ledger-sums" data-testid="sums">
        <For each={MINUTE_KINDS.filter((kind) => sums().minutes[kind] > 0)}>
          {(kind) => <Line name={t(NAMES[kind])} value={sayMinutes(sums().minutes[kind])} />}
        </For>
        <Line name={t("statement.sumPrice")} value={sayPoints(sums().price)} />
        <Show when={sums().waived > 0}>
          <Line name={t("statement.sumWaived")} value={sayPoints(sums().waived)} />
        </Show>
        <Line name={t("statement.before")} value={sayPoints(props.statement.before)} />
        <Line
          name={props.isNow ? t("statement.afterNow") : t("statement.after")}
          value={sayPoints(props.statement.after)}
        />
      </dl>
    </div>
  );
}

function Line(props: { name: string; value: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}
