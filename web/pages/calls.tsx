/** The dashboard: start a call for a client ID, and the rooms that are open now. */
import "../ui/card.css";
import "./calls/calls.css";
import DoorOpen from "lucide-solid/icons/door-open";
import { createSignal, For, onMount, Show } from "solid-js";
import type { PlanId, RoomId } from "../../wire/ids.ts";
import { t } from "../i18n/app.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageTitle } from "../ui/title.tsx";
import { CodePause } from "./calls/code-pause.tsx";
import { Early } from "./calls/early.tsx";
import { RoomCard } from "./calls/room-card.tsx";
import { StartForm } from "./calls/start-form.tsx";
import { useDesk } from "./desk.ts";
import { Loading } from "./loading.tsx";
import { PlannedList } from "./planned/planned-list.tsx";
import { createTask } from "./task.ts";
import { createVaultView } from "./vault-view.ts";

export default function CallsPage() {
  const view = createVaultView();
  const desk = useDesk();
  /** The room that was just opened, or that is in the way of opening one. */
  const [marked, setMarked] = createSignal<RoomId | null>(null);
  /** The call that was just planned. */
  const [planned, setPlanned] = createSignal<PlanId | null>(null);
  const loading = createTask();
  const load = () =>
    loading.run(async () => {
      await desk.refresh();
      // A room of a client made on another device a moment ago: its entry is one fetch away.
      if (desk.rooms()?.some((room) => view.clientsOf(room).length < room.clients.length))
        await view.vault.refresh();
    });
  onMount(() => void load());
  return (
    <>
      <PageTitle text={t("calls.title")} />
      <CodePause view={view} />
      <StartForm view={view} onOpen={setMarked} onPlan={setPlanned} />
      <section class="calls-open" aria-labelledby="calls-open">
        <h2 id="calls-open">{t("calls.open")}</h2>
        <Show when={loading.error()}>
          <Banner
            tone="look"
            act={
              <Button small onClick={() => void load()}>
                {t("unreachable.again")}
              </Button>
            }
          >
            {loading.error()}
          </Banner>
        </Show>
        <Early view={view} onOpen={setMarked} />
        <Show when={desk.rooms()} fallback={<Loading />}>
          {(rooms) => (
            <For
              each={rooms()}
              fallback={
                <EmptyState icon={DoorOpen} title={t("calls.emptyTitle")}>
                  {t("calls.emptyText")}
                </EmptyState>
              }
            >
              {(room) => <RoomCard room={room} view={view} marked={marked() === room.room} />}
            </For>
          )}
        </Show>
      </section>
      <PlannedList view={view} marked={planned()} onOpen={setMarked} />
    </>
  );
}
