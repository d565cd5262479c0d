/** One entry in the list: what it is called, how the client comes in, and the call with one press. */
import People from "lucide-solid/icons/users";
import { Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shownCode } from "../../vault/codes.ts";
import { membersOf } from "../../vault/entries.ts";
import type { ClientRecord } from "../../vault/records.ts";
import { type Entry, titleOf } from "../../vault/search.ts";
import { useDesk } from "../desk.ts";
import type { VaultView } from "../vault-view.ts";
import { openRoomOf, type Start } from "./start.ts";

type EntryRowProps = { entry: Entry; view: VaultView; start: Start };

export function EntryRow(props: EntryRowProps) {
  const desk = useDesk();
  const title = () => titleOf(props.entry.record);
  const clients = () => clientsOf(props.view, props.entry);
  const isOpen = () => openRoomOf(desk, clients()) !== undefined;
  return (
    <div class="entry">
      <a class="entry-link" href={`/clients/${props.entry.item}`}>
        <span class="entry-title">
          <Show when={props.entry.record.t === "group"}>
            <Icon of={People} size={18} />
          </Show>
          <span class="entry-name">{title()}</span>
        </span>
        <span class="entry-more">{moreOf(props.view, props.entry)}</span>
      </a>
      <Button
        small
        kind={isOpen() ? "room" : "quiet"}
        label={t(isOpen() ? "joinLabel" : "startLabel", title())}
        busy={props.start.starting() === props.entry.item}
        disabled={clients().length === 0}
        onClick={() => void props.start.start(props.entry.item, clients())}
      >
        {t(isOpen() ? "join" : "start")}
      </Button>
    </div>
  );
}

function clientsOf(view: VaultView, { item, record }: Entry) {
  return record.t === "client" ? [{ item, record }] : membersOf(view.state().records, record);
}

function moreOf(view: VaultView, { record }: Entry): string {
  if (record.t === "group") return t("groupOf", membersOf(view.state().records, record).length);
  return idOf(record) + t("shortCode", shownCode(record));
}

/** The ID, where it stands nowhere else in the row. */
function idOf({ id, name, code }: ClientRecord): string {
  return name !== null && code !== null ? `${id} · ` : "";
}
