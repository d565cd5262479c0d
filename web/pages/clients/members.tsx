/** The clients of a group: who is in, and the ways in and out. */
import X from "lucide-solid/icons/x";
import { For, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { CLIENTS_PER_ROOM_MAX } from "../../../wire/signal.ts";
import { t } from "../../i18n/clients.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { titleOf } from "../../vault/search.ts";
import type { VaultView } from "../vault-view.ts";
import { PickClient } from "./pick-client.tsx";

type MembersProps = {
  view: VaultView;
  clients: readonly ItemId[];
  /** With names that lead to the entries. */
  linked?: boolean;
  onChange: (clients: readonly ItemId[]) => void;
};

export function Members(props: MembersProps) {
  const known = () =>
    props.clients.flatMap((item) => {
      const record = props.view.state().records.get(item);
      return record?.t === "client" ? [{ item, title: titleOf(record) }] : [];
    });
  return (
    <div class="members">
      <ul class="members-list" aria-label={t("group.members")}>
        <For each={known()}>
          {({ item, title }) => (
            <li class="members-one">
              <Show when={props.linked} fallback={<span>{title}</span>}>
                <a href={`/clients/${item}`}>{title}</a>
              </Show>
              <IconButton
                icon={X}
                label={t("group.out", title)}
                onClick={() => props.onChange(props.clients.filter((other) => other !== item))}
              />
            </li>
          )}
        </For>
      </ul>
      <Show
        when={known().length < CLIENTS_PER_ROOM_MAX}
        fallback={<p class="small quiet">{t("group.full")}</p>}
      >
        <PickClient
          view={props.view}
          taken={props.clients}
          onPick={(item) => props.onChange([...known().map((one) => one.item), item])}
        />
      </Show>
    </div>
  );
}
