/** Which clients are shared with one person: the whole Kartei with a search, ticked and saved with one press. */
import "../clients/clients.css";
import "./staff.css";
import { useNavigate, useParams } from "@solidjs/router";
import Back from "lucide-solid/icons/chevron-left";
import Cards from "lucide-solid/icons/contact-round";
import { createMemo, createSignal, Show } from "solid-js";
import type { InvitationId, ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/staff.ts";
import { Button } from "../../ui/button.tsx";
import { CheckRow } from "../../ui/check-row.tsx";
import { EmptyState } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { toast } from "../../ui/toast.tsx";
import { VirtualList } from "../../ui/virtual-list.tsx";
import { SHARED_CLIENTS_MAX, type StaffRecord } from "../../vault/records.ts";
import { entriesOf, matching, titleOf } from "../../vault/search.ts";
import { clientsIn } from "../../vault/staff-record.ts";
import { shareWith, staffOf } from "../../vault/team.ts";
import { createTask } from "../task.ts";
import { createVaultView, type VaultView } from "../vault-view.ts";

const ROW_REM = 3.6;

export default function ChoosePage() {
  const view = createVaultView();
  const params = useParams();
  const record = () => staffOf(view.state().records, params.invitation as InvitationId)?.record;
  return (
    <>
      <header class="staff-head">
        <a class="entry-back" href="/profile">
          <Icon of={Back} size={18} />
          {t("choose.back")}
        </a>
        <Show when={record()} fallback={<PageTitle text={t("choose.goneTitle")} />}>
          {(found) => <PageTitle text={t("choose.title", found().name || t("team.nameless"))} />}
        </Show>
        <p class="quiet">{record() ? t("choose.text") : t("choose.gone")}</p>
      </header>
      <Show when={record()} keyed>
        {(found) => <Choose view={view} record={found} />}
      </Show>
    </>
  );
}

function Choose(props: { view: VaultView; record: StaffRecord }) {
  const navigate = useNavigate();
  const task = createTask();
  const [query, setQuery] = createSignal("");
  const clients = createMemo(() =>
    entriesOf(props.view.state().records).filter(({ record }) => record.t === "client"),
  );
  const found = createMemo(() => matching(clients(), query()));
  const [chosen, setChosen] = createSignal<ReadonlySet<ItemId>>(new Set(clientsIn(props.record)));
  /** Those who are there: a client that was deleted counts for nothing. */
  const kept = createMemo(() => clients().flatMap(({ item }) => (chosen().has(item) ? [item] : [])));
  const choose = (items: readonly ItemId[], on: boolean) => {
    const next = new Set(chosen());
    for (const item of items) on ? next.add(item) : next.delete(item);
    setChosen(next);
  };
  const save = async () => {
    if (!(await task.run(() => shareWith(props.view.vault, props.record.invitation, kept())))) return;
    toast(t("choose.saved"));
    navigate("/profile");
  };
  const isTooMany = () => kept().length > SHARED_CLIENTS_MAX;
  return (
    <Show
      when={clients().length > 0}
      fallback={
        <EmptyState icon={Cards} title={t("choose.goneTitle")}>
          {t("choose.empty")}
        </EmptyState>
      }
    >
      <search class="clients-search">
        <Field label={t("choose.search")} plain name="search" value={query()} onInput={setQuery} />
        <p class="small quiet tabular" role="status">
          {t("choose.found", found().length, kept().length)}
        </p>
        <div class="choose-acts">
          <Button
            small
            onClick={() =>
              choose(
                found().map(({ item }) => item),
                true,
              )
            }
          >
            {t("choose.all")}
          </Button>
          <Button
            small
            onClick={() =>
              choose(
                found().map(({ item }) => item),
                false,
              )
            }
          >
            {t("choose.none")}
          </Button>
        </div>
      </search>
      <Show when={found().length > 0} fallback={<p class="quiet">{t("choose.none_found")}</p>}>
        <VirtualList items={found()} label={t("choose.list")} rowRem={ROW_REM}>
          {(entry) => (
            <div class="choose-row">
              <CheckRow
                label={titleOf(entry().record)}
                more={idBeside(entry().record)}
                checked={chosen().has(entry().item)}
                onChange={(on) => choose([entry().item], on)}
              />
            </div>
          )}
        </VirtualList>
      </Show>
      <div class="choose-save">
        <Button kind="main" busy={task.busy()} disabled={isTooMany()} onClick={() => void save()}>
          {t("choose.save")}
        </Button>
        <span class="small quiet tabular">{t("choose.count", kept().length)}</span>
        <Show when={task.error() || isTooMany()}>
          <p class="field-error" role="alert">
            {task.error() || t("choose.most", SHARED_CLIENTS_MAX)}
          </p>
        </Show>
      </div>
    </Show>
  );
}

/** The ID, where the entry is called by a name. */
function idBeside(record: ReturnType<typeof entriesOf>[number]["record"]): string {
  return record.t === "client" && record.name !== null ? record.id : "";
}
