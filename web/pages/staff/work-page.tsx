/** The first page of practice staff: everybody who is shared with them, found by a few letters, and the calls planned for them. */
import "../../ui/card.css";
import "../clients/clients.css";
import "./staff.css";
import Cards from "lucide-solid/icons/contact-round";
import Search from "lucide-solid/icons/search";
import Out from "lucide-solid/icons/user-x";
import { createMemo, createSignal, onCleanup, onMount, Show } from "solid-js";
import { t as app } from "../../i18n/app.ts";
import { t } from "../../i18n/staff.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { VirtualList } from "../../ui/virtual-list.tsx";
import { plain } from "../../vault/search.ts";
import type { Vault } from "../../vault/vault.ts";
import { entriesOf, hasWorkKey, type SharedEntry, type Work } from "../../vault/work.ts";
import { Loading } from "../loading.tsx";
import { createTask } from "../task.ts";
import { createWorkDesk, type WorkDesk } from "./work-desk.ts";
import { WorkEntry } from "./work-entry.tsx";
import { WorkPlanned } from "./work-planned.tsx";

/** One line and the room around it. */
const ROW_REM = 4.5;

export function WorkPage(props: { vault: Vault }) {
  const desk = createWorkDesk();
  const loading = createTask();
  const load = () => void loading.run(desk.refresh);
  onMount(load);
  return (
    <Show when={!desk.isOver()} fallback={<Over />}>
      <Show when={desk.work()} fallback={<Coming error={loading.error()} onAgain={load} />}>
        {(work) => <Shared vault={props.vault} work={work()} desk={desk} />}
      </Show>
    </Show>
  );
}

function Over() {
  return (
    <>
      <PageTitle text={t("work.endedTitle")} />
      <EmptyState
        icon={Out}
        title={t("work.endedNothing")}
        act={<ButtonLink href="/profile">{t("work.profile")}</ButtonLink>}
      >
        {t("work.ended")}
      </EmptyState>
    </>
  );
}

function Coming(props: { error: string; onAgain: () => void }) {
  return (
    <Show when={props.error} fallback={<Loading />}>
      <PageTitle text={app("unreachable.title")} />
      <Banner tone="look" act={<Button onClick={props.onAgain}>{app("unreachable.again")}</Button>}>
        {props.error}
      </Banner>
    </Show>
  );
}

function Shared(props: { vault: Vault; work: Work; desk: WorkDesk }) {
  const [records, setRecords] = createSignal(props.vault.state.get().records);
  onCleanup(props.vault.state.watch((state) => setRecords(state.records)));
  const entries = createMemo(() => entriesOf(records(), props.work, location.origin));
  return (
    <>
      <header class="staff-head">
        <PageTitle text={t("work.title", props.work.practice)} />
        <p class="quiet">{t("work.text")}</p>
      </header>
      <Show
        when={hasWorkKey(records(), props.work.invitation)}
        fallback={
          <Banner tone="look" title={t("work.keyTitle")}>
            {t("work.key")}
          </Banner>
        }
      >
        <Show when={entries().length > 0} fallback={<Nothing />}>
          <Entries entries={entries()} desk={props.desk} />
        </Show>
      </Show>
      <WorkPlanned desk={props.desk} entries={entries()} />
    </>
  );
}

function Nothing() {
  return (
    <EmptyState icon={Cards} title={t("work.emptyTitle")}>
      {t("work.empty")}
    </EmptyState>
  );
}

function Entries(props: { entries: readonly SharedEntry[]; desk: WorkDesk }) {
  const [query, setQuery] = createSignal("");
  const found = createMemo(() => matching(props.entries, query()));
  /** Whose link is shown. */
  const [shown, setShown] = createSignal<SharedEntry["client"] | null>(null);
  return (
    <>
      <search class="clients-search">
        <Field label={t("work.search")} plain name="search" value={query()} onInput={setQuery} />
        <p class="small quiet tabular" role="status">
          {t("work.found", found().length)}
        </p>
      </search>
      <Show
        when={found().length > 0}
        fallback={
          <EmptyState icon={Search} title={t("work.noneTitle")}>
            {t("work.none", query().trim())}
          </EmptyState>
        }
      >
        <VirtualList items={found()} label={t("work.list")} rowRem={ROW_REM}>
          {(entry) => (
            <WorkEntry
              entry={entry()}
              desk={props.desk}
              isShown={shown() === entry().client}
              onShow={(show) => setShown(show ? entry().client : null)}
            />
          )}
        </VirtualList>
      </Show>
    </>
  );
}

/** Those that have every word of the query in their name. */
function matching(entries: readonly SharedEntry[], query: string): readonly SharedEntry[] {
  const words = query
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(plain);
  return words.length === 0
    ? entries
    : entries.filter(({ label }) => words.every((word) => plain(label).includes(word)));
}
