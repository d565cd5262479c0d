/** `/clients/:item`: the page of one client or of one group; what was deleted says so. */
import "../ui/card.css";
import "./calls/calls.css";
import "./clients/clients.css";
import { useParams } from "@solidjs/router";
import Gone from "lucide-solid/icons/user-round-x";
import { createMemo, Match, onMount, Show, Switch } from "solid-js";
import type { ItemId } from "../../wire/ids.ts";
import { t } from "../i18n/clients.ts";
import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageTitle } from "../ui/title.tsx";
import type { ClientRecord, GroupRecord } from "../vault/records.ts";
import { ClientPage } from "./clients/client-page.tsx";
import { GroupPage } from "./clients/group-page.tsx";
import { createVaultView, type VaultView } from "./vault-view.ts";

export default function EntryPage() {
  const params = useParams();
  const view = createVaultView();
  // what another device wrote since is shown, not found at the next save
  onMount(() => void view.vault.refresh().catch(() => undefined));
  return (
    <Show when={params.item} keyed>
      {(item) => <EntryOf item={item as ItemId} view={view} />}
    </Show>
  );
}

function EntryOf(props: { item: ItemId; view: VaultView }) {
  const kind = createMemo(() => props.view.state().records.get(props.item)?.t);
  const client = lastOf<ClientRecord>(props, "client");
  const group = lastOf<GroupRecord>(props, "group");
  return (
    <Switch fallback={<NotThere />}>
      <Match when={kind() === "client" || client() !== undefined}>
        <ClientPage
          item={props.item}
          record={client() as ClientRecord}
          deleted={kind() === undefined}
          view={props.view}
          gone={<NotThere />}
        />
      </Match>
      <Match when={kind() === "group"}>
        <GroupPage item={props.item} record={group() as GroupRecord} view={props.view} />
      </Match>
    </Switch>
  );
}

/** The newest form of the entry that was there: after it was deleted elsewhere somebody may still be writing. */
function lastOf<R extends ClientRecord | GroupRecord>(
  props: { item: ItemId; view: VaultView },
  t: R["t"],
): () => R | undefined {
  return createMemo<R | undefined>((before) => {
    const record = props.view.state().records.get(props.item);
    return record?.t === t ? (record as R) : before;
  });
}

function NotThere() {
  return (
    <>
      <PageTitle text={t("goneTitle")} hidden />
      <EmptyState
        icon={Gone}
        title={t("goneTitle")}
        act={<ButtonLink href="/clients">{t("toList")}</ButtonLink>}
      >
        {t("gone")}
      </EmptyState>
    </>
  );
}
