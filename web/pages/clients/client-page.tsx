/** The page of one client: details, link and code, groups, last calls, devices, and the end of the entry. */
import { createSignal, type JSX, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/clients.ts";
import { shownCode } from "../../vault/codes.ts";
import type { ClientRecord } from "../../vault/records.ts";
import { titleOf } from "../../vault/search.ts";
import type { VaultView } from "../vault-view.ts";
import { Access } from "./access.tsx";
import { Consents } from "./consents.tsx";
import { Details } from "./details.tsx";
import { Devices } from "./devices.tsx";
import { EntryHead } from "./head.tsx";
import { LastCalls } from "./last-calls.tsx";
import { Membership } from "./membership.tsx";
import { NotStarted } from "./not-started.tsx";
import { RemoveClient } from "./remove.tsx";
import { createStart } from "./start.ts";

type ClientPageProps = {
  item: ItemId;
  record: ClientRecord;
  /** On another device; what is typed here stays as long as it is not saved. */
  deleted: boolean;
  view: VaultView;
  gone: JSX.Element;
};

export function ClientPage(props: ClientPageProps) {
  const start = createStart(props.view);
  const [dirty, setDirty] = createSignal(false);
  const client = () => ({ item: props.item, record: props.record });
  return (
    <Show when={!props.deleted || dirty()} fallback={props.gone}>
      <Show when={!props.deleted} fallback={<h1 class="visually-hidden">{titleOf(props.record)}</h1>}>
        <EntryHead
          title={titleOf(props.record)}
          more={moreOf(props.record)}
          clients={[client()]}
          start={start}
        />
        <NotStarted start={start} view={props.view} />
      </Show>
      <Show when={!props.deleted}>
        <Access client={client()} view={props.view} />
      </Show>
      <Details {...props} onDirty={setDirty} />
      <Show when={!props.deleted}>
        <Membership item={props.item} view={props.view} />
        <LastCalls calls={props.record.calls} who={titleOf(props.record)} />
        <Consents client={client()} view={props.view} />
        <Devices client={client()} view={props.view} />
        <RemoveClient client={client()} view={props.view} />
      </Show>
    </Show>
  );
}

function moreOf(record: ClientRecord): string {
  const code = t("code", shownCode(record));
  return record.name === null ? code : `${record.id} · ${code}`;
}
