/** The last calls of a client, as the vault keeps them. */
import { For, Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { dayAndTime } from "../../i18n/format.ts";
import { Card } from "../../ui/card.tsx";
import type { ClientCall } from "../../vault/records.ts";

export function LastCalls(props: { calls: readonly ClientCall[] }) {
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
      </Show>
    </Card>
  );
}
