/** Minutes of the last twelve weeks as a chart; nothing where there were none. */
import { createResource, Show, Suspense } from "solid-js";
import { POINT } from "../../../wire/ledger.ts";
import { ledgerApi } from "../../api/ledger.ts";
import { decimal, sayDay, sayMinutes, tinyDay } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { BarChart } from "../../ui/bar-chart.tsx";

export function Weeks(props: { changed: number }) {
  // without the chart everything else still stands
  const [weeks] = createResource(
    () => props.changed + 1,
    () => ledgerApi.weeks().catch(() => []),
  );
  const all = () => (weeks.latest ?? []).reduce((sum, { single, group }) => sum + single + group, 0);
  const bars = () =>
    (weeks.latest ?? []).map(({ week, single, group }) => ({
      label: tinyDay(week),
      longLabel: sayDay(week),
      values: [single, group],
    }));
  return (
    <Suspense>
      <Show when={all() > 0}>
        <BarChart
          title={t("weeks.title")}
          summary={t("weeks.summary", sayMinutes(all()))}
          unit={t("weeks.week")}
          parts={[t("kind.single"), t("kind.group")]}
          bars={bars()}
          say={(minutes) => decimal(minutes * POINT)}
        />
      </Show>
    </Suspense>
  );
}
