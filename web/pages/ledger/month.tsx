/** One month: its calls, its credits, the sums, and the same as files. */
import { createSignal, For, Show } from "solid-js";
import type { CallLine, Statement } from "../../../wire/ledger.ts";
import { statementFile } from "../../api/ledger.ts";
import { sayMonth } from "../../i18n/amounts.ts";
import { language } from "../../i18n/language.ts";
import { t } from "../../i18n/ledger.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { CallRow, CreditRow } from "./statement-rows.tsx";
import { Sums } from "./sums.tsx";

/** Higher: everything below is far away. Lower: a week is not seen whole. */
const FEW = 6;

/** `isNow`: the month is not over. */
export function Month(props: { statement: Statement; isNow: boolean }) {
  const name = () => sayMonth(props.statement.month);
  // a practice that has only just begun is not shown a column of zeros
  const hasSums = () =>
    props.statement.calls.length > 0 || props.statement.before !== 0 || props.statement.after !== 0;
  const isEmpty = () => props.statement.calls.length + props.statement.credits.length === 0;
  return (
    <>
      <Show when={props.statement.calls.length > 0} fallback={<NoCalls month={name()} />}>
        <CallRows calls={props.statement.calls} />
      </Show>
      <Show when={props.statement.credits.length > 0}>
        <div class="ledger-part">
          <h3>{t("statement.credits")}</h3>
          <ul class="ledger-rows" data-testid="credits">
            <For each={props.statement.credits}>{(credit) => <CreditRow credit={credit} />}</For>
          </ul>
        </div>
      </Show>
      <Show when={hasSums()}>
        <Sums statement={props.statement} isNow={props.isNow} />
      </Show>
      <Show when={!isEmpty()}>
        <Files month={props.statement.month} name={name()} />
      </Show>
    </>
  );
}

/** The newest first; a month of a full practice is opened by a press. */
function CallRows(props: { calls: readonly CallLine[] }) {
  const [isAll, setAll] = createSignal(false);
  const rows = () => props.calls.toReversed().slice(0, isAll() ? props.calls.length : FEW);
  return (
    <div class="ledger-more">
      <ul class="ledger-rows" data-testid="calls">
        <For each={rows()}>{(call) => <CallRow call={call} />}</For>
      </ul>
      <Show when={rows().length < props.calls.length}>
        <Button small kind="plain" onClick={() => setAll(true)}>
          {t("statement.all", props.calls.length)}
        </Button>
      </Show>
    </div>
  );
}

function NoCalls(props: { month: string }) {
  return (
    <div class="ledger-none">
      <p>{t("statement.emptyTitle", props.month)}</p>
      <p class="quiet small">{t("statement.empty")}</p>
    </div>
  );
}

function Files(props: { month: string; name: string }) {
  return (
    <div class="profile-acts">
      <ButtonLink
        small
        href={statementFile(props.month, "pdf", language())}
        label={t("statement.pdfLabel", props.name)}
        download=""
      >
        {t("statement.pdf")}
      </ButtonLink>
      <ButtonLink
        small
        href={statementFile(props.month, "csv", language())}
        label={t("statement.csvLabel", props.name)}
        download=""
      >
        {t("statement.csv")}
      </ButtonLink>
    </div>
  );
}
