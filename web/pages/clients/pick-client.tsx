/** Chooses clients for a group: some letters, then a press on one of the few that fit. */
import Plus from "lucide-solid/icons/plus";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { entriesOf, matching, titleOf } from "../../vault/search.ts";
import type { VaultView } from "../vault-view.ts";

type PickProps = { view: VaultView; taken: readonly ItemId[]; onPick: (item: ItemId) => void };

/** Higher: the dialog grows beyond a phone. Lower: families with one name need one more letter. */
const SHOWN_MAX = 5;

export function PickClient(props: PickProps) {
  const [query, setQuery] = createSignal("");
  const others = createMemo(() =>
    entriesOf(props.view.state().records).filter(
      ({ item, record }) => record.t === "client" && !props.taken.includes(item),
    ),
  );
  const fitting = createMemo(() => matching(others(), query()));
  const pick = (item: ItemId) => {
    setQuery("");
    props.onPick(item);
  };
  return (
    <div class="pick-client">
      <Field
        label={t("group.take")}
        plain
        name="take"
        value={query()}
        onInput={setQuery}
        hint={t("group.takeHint")}
      />
      <div class="pick-found">
        <For each={fitting().slice(0, SHOWN_MAX)}>
          {({ item, record }) => (
            <Button
              small
              icon={Plus}
              label={t("group.takeLabel", titleOf(record))}
              onClick={() => pick(item)}
            >
              {titleOf(record)}
            </Button>
          )}
        </For>
      </div>
      <p class="small quiet" role="status">
        <Show when={query().trim() !== "" || others().length === 0}>
          <Show when={fitting().length > 0} fallback={t("group.takeNone")}>
            <Show when={fitting().length > SHOWN_MAX}>
              {t("group.takeMore", fitting().length - SHOWN_MAX)}
            </Show>
          </Show>
        </Show>
      </p>
    </div>
  );
}
