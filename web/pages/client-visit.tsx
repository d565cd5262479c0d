/** One client with a good link: which of the pages before, in and after the call is shown now. */
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from "solid-js";
import type { ClientLink } from "../../wasm/client.ts";
import { HandshakeBudget } from "../call/budget.ts";
import type { ClientState } from "../call/client-call.ts";
import type { SocketState } from "../call/socket.ts";
import { Visit } from "../call/visit.ts";
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { ClientDoor } from "./client-door.tsx";
import { ClientOver } from "./client-over.tsx";
import { ClientStopped } from "./client-stopped.tsx";
import { ClientWait } from "./client-wait.tsx";
import { Room } from "./room/room.tsx";
import { createSince } from "./room/since.ts";
import { isAllowed, useCapture } from "./room/use-capture.ts";
import { useWakeLock } from "./room/wake-lock.ts";

export function ClientVisit(props: { link: ClientLink; exposed: boolean }) {
  const budget = new HandshakeBudget();
  const [label, setLabel] = createSignal("");
  const [state, setState] = createSignal<ClientState>();
  const [socket, setSocket] = createSignal<SocketState>();
  let visit: Visit | undefined;
  let unwatch: () => void = () => undefined;
  const view = useCapture(() => visit?.call.captureChanged());
  const [since, restartSince] = createSince(() => state()?.conversation?.line.at === "open");

  const start = (join: boolean) => {
    unwatch();
    visit?.close();
    restartSince();
    const { link } = props;
    const typed = () => label().trim() || null;
    visit = new Visit({ link, capture: view.capture, budget, label: typed });
    const stops = [visit.call.state.watch(setState), visit.socket.state.watch(setSocket)];
    unwatch = () => {
      for (const stop of stops) stop();
    };
    setState(visit.call.state.get());
    setSocket(visit.socket.state.get());
    if (join) visit.call.join();
  };
  start(false);
  onCleanup(() => {
    unwatch();
    visit?.close();
  });

  // a camera the person has allowed here before may show its picture at once; nobody else is asked before "Beitreten"
  void isAllowed().then((allowed) => {
    if (allowed) void view.capture.open();
  });
  const join = () => {
    void view.capture.open();
    visit?.call.join();
  };
  const again = () => {
    void view.capture.open();
    start(true);
  };
  const at = () => state()?.stage.at ?? "before";
  const ending = () => {
    const stage = state()?.stage;
    return stage?.at === "over" ? stage.reason : undefined;
  };
  const stopped = () => {
    const now = socket();
    return now?.at === "stopped" && at() !== "over" && at() !== "in" ? now.close : undefined;
  };
  useWakeLock(() => at() === "in" || at() === "waiting" || at() === "door");
  createEffect(on(ending, (reason) => reason && view.capture.closeAll()));

  return (
    <Switch>
      <Match when={stopped()}>{(close) => <ClientStopped close={close()} />}</Match>
      <Match when={at() === "before"}>
        <ClientDoor
          view={view}
          label={label()}
          onLabel={setLabel}
          open={state()?.door === "open"}
          known={state()?.door !== "unknown"}
          exposed={props.exposed}
          onJoin={join}
        />
      </Match>
      <Match when={at() === "in"}>
        <Room
          name={t("therapist")}
          conversation={state()?.conversation ?? null}
          view={view}
          since={since()}
          signalAway={socket()?.at === "away"}
          onHangUp={() => visit?.call.leave()}
          empty={<p>{t("line.connecting")}</p>}
        />
      </Match>
      <Match when={ending()}>
        {(reason) => <ClientOver reason={reason()} since={since()} onAgain={again} />}
      </Match>
      <Match when={true}>
        <Show when={state()}>
          {(now) => (
            <ClientWait
              state={now()}
              away={socket()?.at !== "open"}
              act={<Button onClick={() => visit?.call.leave()}>{t("wait.leave")}</Button>}
            />
          )}
        </Show>
      </Match>
    </Switch>
  );
}
