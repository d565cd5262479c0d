/** The groups a client is in; nothing where there is none. */
import { createMemo, For, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/clients.ts";
import { Card } from "../../ui/card.tsx";
import { groupsOf } from "../../vault/entries.ts";
import type { VaultView } from "../vault-view.ts";

export function Membership(props: { item: ItemId; view: VaultView }) {
  const groups = createMemo(() => groupsOf(props.view.state().records, props.item));
  return (
    <Show when={groups().length > 0}>
      <Card title={t("groups.title")}>
        <ul class="entry-facts">
          <For each={groups()}>
            {({ item, record }) => (
              <li class="entry-fact">
                <a class="entry-fact-link" href={`/clients/${item}`}>
                  {record.name}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}
