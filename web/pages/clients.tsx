/** The Kartei: all clients and groups, found by a few letters, called with one press. */
import "../ui/card.css";
import "./clients/clients.css";
import Cards from "lucide-solid/icons/contact-round";
import Down from "lucide-solid/icons/download";
import More from "lucide-solid/icons/ellipsis";
import Plus from "lucide-solid/icons/plus";
import Search from "lucide-solid/icons/search";
import Up from "lucide-solid/icons/upload";
import People from "lucide-solid/icons/users";
import { createMemo, createSignal, lazy, onMount, Show, Suspense } from "solid-js";
import { fetched } from "../fetched.ts";
import { t } from "../i18n/clients.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { PageTitle } from "../ui/title.tsx";
import { VirtualList } from "../ui/virtual-list.tsx";
import { entriesOf, matching } from "../vault/search.ts";
import { AddClient } from "./clients/add-client.tsx";
import { AddGroup } from "./clients/add-group.tsx";
import { EntryRow } from "./clients/entry-row.tsx";
import { NotStarted } from "./clients/not-started.tsx";
import { createStart } from "./clients/start.ts";
import { createVaultView } from "./vault-view.ts";

// reading and writing files is rare; its code comes when it is asked for
const ExportDialog = lazy(() => fetched(() => import("./clients/export-dialog.tsx")));
const ImportDialog = lazy(() => fetched(() => import("./clients/import-dialog.tsx")));

/** Two lines and the room around them. */
const ROW_REM = 4.5;

export default function ClientsPage() {
  const view = createVaultView();
  const start = createStart(view);
  const [query, setQuery] = createSignal("");
  const [adding, setAdding] = createSignal<"client" | "group" | "save" | "read" | null>(null);
  const entries = createMemo(() => entriesOf(view.state().records));
  const found = createMemo(() => matching(entries(), query()));
  const files = createMemo((was: boolean) => was || adding() === "save" || adding() === "read", false);
  // what another device wrote comes in while the list is there already
  onMount(() => void view.vault.refresh().catch(() => undefined));
  return (
    <>
      <header class="clients-head">
        <PageTitle text={t("title")} />
        <Menu label={t("more")} trigger={<Icon of={More} size={20} />}>
          <MenuItem icon={Down} disabled={entries().length === 0} onSelect={() => setAdding("save")}>
            {t("file.save")}
          </MenuItem>
          <MenuItem icon={Up} onSelect={() => setAdding("read")}>
            {t("file.read")}
          </MenuItem>
        </Menu>
        <div class="clients-acts">
          <Button small icon={Plus} onClick={() => setAdding("client")}>
            {t("add")}
          </Button>
          <Button small icon={People} onClick={() => setAdding("group")}>
            {t("addGroup")}
          </Button>
        </div>
      </header>
      <Show when={entries().length > 0} fallback={<Empty onAdd={() => setAdding("client")} />}>
        <search class="clients-search">
          <Field label={t("search")} plain name="search" value={query()} onInput={setQuery} />
          <p class="small quiet tabular" role="status">
            {t("found", found().length)}
          </p>
        </search>
        <Show when={found().length > 0} fallback={<NoneFound query={query()} />}>
          <VirtualList items={found()} label={t("list")} rowRem={ROW_REM}>
            {(entry) => <EntryRow entry={entry()} view={view} start={start} />}
          </VirtualList>
        </Show>
      </Show>
      <AddClient open={adding() === "client"} view={view} onClose={() => setAdding(null)} />
      <AddGroup open={adding() === "group"} view={view} onClose={() => setAdding(null)} />
      <Suspense>
        <Show when={files()}>
          <ExportDialog open={adding() === "save"} view={view} onClose={() => setAdding(null)} />
          <ImportDialog open={adding() === "read"} view={view} onClose={() => setAdding(null)} />
        </Show>
      </Suspense>
      <NotStarted start={start} view={view} />
    </>
  );
}

function Empty(props: { onAdd: () => void }) {
  return (
    <EmptyState
      icon={Cards}
      title={t("emptyTitle")}
      act={
        <Button kind="main" icon={Plus} onClick={props.onAdd}>
          {t("add")}
        </Button>
      }
    >
      {t("emptyText")}
    </EmptyState>
  );
}

function NoneFound(props: { query: string }) {
  return (
    <EmptyState icon={Search} title={t("none")}>
      {t("noneText", props.query.trim())}
    </EmptyState>
  );
}
