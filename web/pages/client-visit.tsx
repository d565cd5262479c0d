/** One client with a good link, or with a code: which of the pages before, in and after the call is shown now. */
import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  lazy,
  Match,
  on,
  onCleanup,
  Show,
  Suspense,
  Switch,
} from "solid-js";
import type { Ask } from "../../wire/asked.ts";
import type { Brand } from "../../wire/brand.ts";
import { CLOSE } from "../../wire/close.ts";
import { HandshakeBudget } from "../call/budget.ts";
import type { ClientState } from "../call/client-types.ts";
import type { Credential } from "../call/proof.ts";
import type { Restart, SocketState } from "../call/socket.ts";
import type { Tried } from "../call/tries.ts";
import { Visit } from "../call/visit.ts";
import { fetched } from "../fetched.ts";
import { t } from "../i18n/call.ts";
import type { BrandKey } from "../logo/shown.ts";
import { Button } from "../ui/button.tsx";
import { ClientDoor } from "./client-door.tsx";
import { ClientGroupDoor } from "./client-group-door.tsx";
import { ClientOver } from "./client-over.tsx";
import { ClientStopped } from "./client-stopped.tsx";
import { ClientWait } from "./client-wait.tsx";
import { createCallFacts } from "./end/facts.ts";
import { InVisit } from "./in-visit.tsx";
import { createLinkBrand, createPracticeLogo } from "./logo/practice-logo.ts";
import { fetchCoverPage } from "./room/cover-root.tsx";
import { QuietPage } from "./room/quiet-page.tsx";
import { createSince } from "./room/since.ts";
import { createStartCard } from "./room/start-card.tsx";
import { type CaptureView, isAllowed, useCapture } from "./room/use-capture.ts";
import { useCover } from "./room/use-cover.ts";
import { useWakeLock } from "./room/wake-lock.ts";

/** Why a press on the code form led nowhere: the code fits no open room, nobody has this user name, too many tries from here. */
export type Refusal = "wrong" | "user" | "slow";

type VisitProps = {
  credential: Credential;
  /** By link: what opens what the practice shows. */
  brand?: BrandKey | undefined;
  exposed?: boolean;
  /** "Beitreten" was pressed. */
  onJoin?: () => void;
  /** By link: the quiet way for its therapist, who is not logged in. */
  onTherapist?: () => void;
  /** By code: the form before is the door, and takes over again where it led nowhere. */
  form?: {
    tries: Tried;
    label: string;
    onRefused: (why: Refusal) => void;
    /** The devices that were chosen there; tells of changes from now on. */
    capture: (onChange: () => void) => CaptureView;
  };
};

/** How many others there are, while the person is to be told. */
const groupOf = (state: ClientState | undefined) =>
  state?.stage.at === "group" ? state.stage.others : undefined;

/** What the practice wants to know first. */
const askOf = (state: ClientState | undefined): Ask | undefined =>
  state?.stage.at === "asked" ? state.stage.ask : undefined;

/** Few are asked, so few fetch it. */
const ClientAsk = lazy(async () => ({
  default: (await fetched(() => import("./client-ask.tsx"))).ClientAsk,
}));

/** The room is needed only after a press, so the door does not wait for it. */
const ClientRoom = lazy(() => fetched(() => import("./client-room.tsx")));

/** Higher: who presses at once waits for the room. Lower: the room is fetched before the door is there. */
const ROOM_FETCH_MS = 3_000;

/** While a part of the page is on its way. */
function Coming(props: { title: string }) {
  return <QuietPage title={props.title} text="" code="coming" busy={props.title} />;
}

/** By link nothing is guessed. */
const NO_GUESS: Tried = { take: () => true, giveBack: () => undefined };

export function ClientVisit(props: VisitProps) {
  const budget = new HandshakeBudget();
  const [label, setLabel] = createSignal(props.form?.label ?? "");
  const [hide, setHide] = createSignal(false);
  const [state, setState] = createSignal<ClientState>();
  const [socket, setSocket] = createSignal<SocketState>();
  const [restart, setRestart] = createSignal<Restart | null>(null);
  let visit: Visit | undefined;
  let unwatch: () => void = () => undefined;
  const cover = useCover();
  const changed = () => {
    cover?.cover.changed();
    visit?.call.captureChanged();
  };
  const view = props.form?.capture(changed) ?? useCapture(changed);
  const [since, restartSince] = createSince(
    () => state()?.conversation?.line.at === "open" || (state()?.relay?.people.length ?? 0) > 1,
  );

  const startCard = createStartCard(since);
  const facts = createCallFacts(() => ({
    conversation: state()?.conversation ?? null,
    relay: state()?.relay ?? null,
    signalAway: socket()?.at === "away",
    unproven: state()?.unproven === true,
  }));
  const ofLink = createLinkBrand(props.brand);
  // told anew with each handshake by code: until then what was told before
  const brand = createMemo<Brand | null>((before) => state()?.brand ?? ofLink() ?? before, null);
  const logo = createPracticeLogo(brand);

  const start = (join: boolean) => {
    unwatch();
    visit?.close();
    restartSince();
    facts.renew();
    logo.setSmall(false);
    const { credential, form } = props;
    const tries = form?.tries ?? NO_GUESS;
    const typed = () => label().trim() || null;
    const hides = () => hide();
    visit = new Visit({ credential, tries, capture: view.capture, budget, label: typed, hide: hides });
    const stops = [
      visit.call.state.watch(setState),
      visit.socket.state.watch(setSocket),
      visit.socket.restart.watch(setRestart),
    ];
    unwatch = () => {
      for (const stop of stops) stop();
    };
    const { call, socket: line } = visit;
    // together: the new call beside the line of the one before would be one that was stopped
    batch(() => {
      setState(call.state.get());
      setSocket(line.state.get());
      setRestart(line.restart.get());
    });
    if (join) visit.call.join();
  };
  start(props.form !== undefined);
  if (props.form) void view.capture.open();
  onCleanup(() => {
    unwatch();
    visit?.close();
  });

  // a camera the person has allowed here before may show its picture at once; nobody else is asked before "Beitreten"
  void isAllowed().then((allowed) => {
    if (allowed && !cover?.isCovered()) void view.capture.open();
  });
  const join = (camera: boolean) => {
    props.onJoin?.();
    if (!camera) void view.capture.setCamera(false);
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
    return stage?.at === "over" && stage.reason !== "wrong" ? stage.reason : undefined;
  };
  const refusal = (): Refusal | undefined => {
    const [stage, line] = [state()?.stage, socket()];
    if (stage?.at === "over" && stage.reason === "wrong") return "wrong";
    const code = line?.at === "stopped" ? line.close.code : undefined;
    if (code === CLOSE.user.code) return "user";
    return code === CLOSE.slow.code ? "slow" : undefined;
  };
  createEffect(on(refusal, (why) => why && props.form?.onRefused(why)));
  const stopped = () => {
    if (props.form && refusal()) return undefined;
    const now = socket();
    return now?.at === "stopped" && at() !== "over" && at() !== "in" ? now.close : undefined;
  };
  cover?.attach({
    capture: view.capture,
    isReady: () => at() !== "before" && at() !== "over",
    tell: (away) => visit?.call.setAway(away),
  });
  createEffect(() => at() === "in" && fetchCoverPage());
  const fetchRoom = () => void ClientRoom.preload();
  createEffect(() => at() !== "before" && fetchRoom());
  const roomTimer = setTimeout(fetchRoom, ROOM_FETCH_MS);
  onCleanup(() => clearTimeout(roomTimer));
  useWakeLock(() => at() === "in" || at() === "asked" || at() === "waiting" || at() === "door");
  createEffect(on([ending, stopped], (why) => why.some((each) => each) && view.capture.closeAll()));

  return (
    <InVisit logo={logo} call={() => visit?.call}>
      <Switch>
        <Match when={stopped()}>{(close) => <ClientStopped close={close()} />}</Match>
        <Match when={at() === "before"}>
          <ClientDoor
            view={view}
            label={label()}
            onLabel={setLabel}
            hide={hide()}
            onHide={setHide}
            open={state()?.door === "open"}
            known={state()?.door !== "unknown"}
            exposed={props.exposed === true}
            planned={state()?.planned ?? null}
            onJoin={join}
            onTherapist={props.onTherapist}
          />
        </Match>
        <Match when={at() === "in"}>
          <Show when={visit?.call}>
            {(call) => (
              <Suspense fallback={<Coming title={t("wait.hostTitle")} />}>
                <ClientRoom
                  call={call()}
                  state={state()}
                  view={view}
                  since={since()}
                  away={socket()?.at === "away"}
                  restart={restart()}
                  startCard={startCard}
                />
              </Suspense>
            )}
          </Show>
        </Match>
        <Match when={ending()}>
          {(reason) => (
            <ClientOver
              reason={reason()}
              since={since()}
              link={state()?.link ?? null}
              facts={facts.read()}
              onAgain={again}
            />
          )}
        </Match>
        <Match when={askOf(state())}>
          {(ask) => (
            <Show when={visit?.call}>
              {(call) => (
                <Suspense fallback={<Coming title={t("wait.waitingTitle")} />}>
                  <ClientAsk ask={ask()} call={call()} />
                </Suspense>
              )}
            </Show>
          )}
        </Match>
        <Match when={groupOf(state())}>
          {(others) => (
            <ClientGroupDoor
              others={others()}
              onEnter={() => visit?.call.enterGroup()}
              onLeave={() => visit?.call.leave()}
            />
          )}
        </Match>
        <Match when={true}>
          <Show when={state()}>
            {(now) => (
              <ClientWait
                state={now()}
                away={socket()?.at !== "open"}
                restart={restart()}
                act={<Button onClick={() => visit?.call.leave()}>{t("wait.leave")}</Button>}
              />
            )}
          </Show>
        </Match>
      </Switch>
    </InVisit>
  );
}
