/** The last calls of a client, as the vault keeps them, and their list for the practice's own documentation (A4). */
import { For, Show } from "solid-js";
import type { CallWords } from "../../export/call-list.ts";
import { fetched } from "../../fetched.ts";
import { t as before } from "../../i18n/before.ts";
import { t } from "../../i18n/clients.ts";
import { dayAndTime, dayOf, timeOfDay } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import type { ClientCall } from "../../vault/records.ts";
import { saveFile } from "../save-file.ts";

export function LastCalls(props: { calls: readonly ClientCall[]; who: string }) {
  // what writes tables is fetched when one is wanted
  const save = async (kind: "csv" | "txt") => {
    const { callTable, callText } = await fetched(() => import("../../export/call-list.ts"));
    const write = kind === "csv" ? callTable : callText;
    const content = new Blob([write(props.calls, wordsFor(props.who))], {
      type: `${kind === "csv" ? "text/csv" : "text/plain"};charset=utf-8`,
    });
    saveFile(`${before("calls.fileName")}.${kind}`, content);
  };
  return (
    <Card title={t("calls.title")}>
      <Show when={props.calls.length > 0} fallback={<p class="quiet">{t("calls.none")}</p>}>
        <ul class="entry-facts" data-testid="last-calls">
          <For each={props.calls}>
            {(call) => (
              <li class="entry-fact">
                <span>
                  {dayAndTime(call.at)}
                  <Show when={call.group}>
                    <span class="quiet"> · {t("calls.group")}</span>
                  </Show>
                </span>
                <span class="tabular">{t("calls.minutes", call.minutes)}</span>
              </li>
            )}
          </For>
        </ul>
        <div class="entry-plain">
          <Button small kind="plain" onClick={() => void save("csv")}>
            {before("calls.csv")}
          </Button>
          <Button small kind="plain" onClick={() => void save("txt")}>
            {before("calls.text")}
          </Button>
        </div>
      </Show>
    </Card>
  );
}

function wordsFor(who: string): CallWords {
  return {
    heading: before("calls.heading", who),
    columns: [
      before("calls.day"),
      before("calls.begin"),
      before("calls.end"),
      before("calls.medium"),
      before("calls.breaks"),
    ],
    medium: (medium) => before(`calls.${medium ?? "unknown"}`),
    breaks: (count, seconds) =>
      count === 0 ? before("calls.noBreaks") : before("calls.broke", count, seconds),
    day: dayOf,
    time: timeOfDay,
  };
}
