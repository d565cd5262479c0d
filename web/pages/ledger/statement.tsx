/** "Gespräche": the call that is running, minutes of the last weeks, and one month at a time. */
import { createMemo, createResource, createSignal, For, Show, Suspense } from "solid-js";
import type { RunningCall } from "../../../wire/ledger.ts";
import { ledgerApi } from "../../api/ledger.ts";
import { sayMinutes } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { Card } from "../../ui/card.tsx";
import { Loading } from "../loading.tsx";
import { Failed } from "./failed.tsx";
import { Month } from "./month.tsx";
import { MonthChooser } from "./month-chooser.tsx";
import { monthOf } from "./months.ts";
import { startedMinutes } from "./running-calls.ts";
import { Weeks } from "./weeks.tsx";

/** `changed`: grows whenever something new may have been written. */
export function Calls(props: { changed: number; running: readonly RunningCall[] }) {
  const now = monthOf(Date.now());
  const [month, setMonth] = createSignal(now);
  const wanted = createMemo(() => ({ month: month(), changed: props.changed }), undefined, {
    equals: (a, b) => a.month === b.month && a.changed === b.changed,
  });
  const [statement, { refetch }] = createResource(wanted, (which) => ledgerApi.statement(which.month));
  return (
    <Card title={t("statement.title")}>
      <Running calls={props.running} />
      <Weeks changed={props.changed} />
      <MonthChooser month={month()} last={now} onChange={setMonth} />
      <Show
        when={!statement.error}
        fallback={<Failed error={statement.error} onAgain={() => void refetch()} />}
      >
        <Suspense fallback={<Loading />}>
          <Show when={statement.latest}>
            {(shown) => <Month statement={shown()} isNow={shown().month === now} />}
          </Show>
        </Suspense>
      </Show>
    </Card>
  );
}

/** Calls that are not settled yet. */
function Running(props: { calls: readonly RunningCall[] }) {
  return (
    <For each={props.calls.filter((call) => startedMinutes(call) > 0)}>
      {(call) => (
        <p class="ledger-running tabular" data-testid="running">
          {t("statement.now", sayMinutes(startedMinutes(call)))}
        </p>
      )}
    </For>
  );
}
