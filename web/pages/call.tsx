/** `/call/:room`: which of finding, elsewhere, closed, room and hung up the therapist sees. */
import { useParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { type ItemId, isId, type RoomId } from "../../wire/ids.ts";
import type { CallFactsRead } from "../call/call-facts.ts";
import type { OpenDesk } from "../call/open-desk.ts";
import { t } from "../i18n/call.ts";
import { t as ledger } from "../i18n/ledger.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { brandOf } from "../vault/brand.ts";
import { changeSettings, linkOfClient, settingsOf } from "../vault/clients.ts";
import { SESSION_MINUTES } from "../vault/records.ts";
import { CallRoom } from "./call-room.tsx";
import { useDesk } from "./desk.ts";
import { LazyEnd } from "./end/lazy-end.tsx";
import { createPracticeLogo, LogoProvider } from "./logo/practice-logo.ts";
import { QuietPage } from "./room/quiet-page.tsx";
import { watched } from "./room/watched.ts";
import { createVaultView, type VaultView } from "./vault-view.ts";

export default function CallPage() {
  const params = useParams();
  const desk = useDesk();
  return (
    <Show when={desk.live()} fallback={<Finding />}>
      {(open) => <CallOf open={open()} room={params.room ?? ""} />}
    </Show>
  );
}

function Finding() {
  return <QuietPage title={t("host.finding")} text="" code="finding" busy={t("host.finding")} />;
}

/** `room` as it stands in the address. */
function CallOf(props: { open: OpenDesk; room: string }) {
  const view = createVaultView();
  const nameOf = (id: RoomId) => {
    const open = state().rooms.find((each) => each.room === id);
    const [client] = open ? view.clientsOf(open) : [];
    return client ? (client.record.name ?? client.record.id) : "";
  };
  const linkOf = (item: ItemId) => {
    const [record, identity] = [view.state().records.get(item), view.identity()];
    if (record?.t !== "client" || !identity) return null;
    return linkOfClient({ item, record }, identity, location.origin);
  };
  const state = watched(props.open.desk.state);
  const line = watched(props.open.socket.state);
  const [over, setOver] = createSignal<{ since: number | null; facts: CallFactsRead }>();
  const room = () => (isId(props.room) ? (props.room as RoomId) : null);
  // once in the room, a closed room is an ending, not an unknown address
  const [wasIn, setWasIn] = createSignal(false);
  const found = createMemo(() => {
    const open = state().rooms.some((each) => each.room === room());
    if (open) setWasIn(true);
    return open;
  });
  /** A call here would be charged, and there is nothing to pay it with; one that goes on is never cut (TF5). */
  const hasNoCredit = () => {
    const open = state().rooms.find((each) => each.room === room());
    return open !== undefined && !open.startable && open.call === null;
  };
  const isElsewhere = () => state().lease === "elsewhere" && state().entered === null;
  const stopped = () => line().at === "stopped";
  const toDesk = () => (
    <ButtonLink kind="main" href="/">
      {t("over.desk")}
    </ButtonLink>
  );
  return (
    <Switch
      fallback={
        <QuietPage title={t("host.unknownTitle")} text={t("host.unknown")} code="unknown" act={toDesk()} />
      }
    >
      <Match when={over()}>{(end) => <HungUp {...end()} onAgain={() => setOver()} desk={toDesk()} />}</Match>
      <Match when={stopped()}>
        <QuietPage
          title={t("stop.sessionTitle")}
          text={t("stop.session")}
          code="session"
          act={
            <Button kind="main" onClick={() => location.reload()}>
              {t("stop.logIn")}
            </Button>
          }
        />
      </Match>
      <Match when={state().lease === "unknown"}>
        <Finding />
      </Match>
      <Match when={found() && isElsewhere() && state().holderInCall}>
        <QuietPage
          title={t("host.elsewhereTitle")}
          text={t("host.elsewhere")}
          code="elsewhere"
          act={
            <Button kind="main" onClick={() => props.open.desk.bringHere()}>
              {t("bringHere")}
            </Button>
          }
        />
      </Match>
      <Match when={hasNoCredit()}>
        <QuietPage
          title={ledger("refused.pageTitle")}
          text={ledger("refused.page")}
          code="no-credit"
          act={
            <>
              <ButtonLink kind="main" href="/profile#voucher">
                {ledger("plans.redeem")}
              </ButtonLink>
              <ButtonLink href="/plans">{ledger("refused.way")}</ButtonLink>
            </>
          }
        />
      </Match>
      <Match when={found() && room()}>
        {(id) => (
          <WithLogo view={view}>
            <CallRoom
              open={props.open}
              room={id()}
              name={nameOf(id())}
              linkOf={linkOf}
              onHungUp={(since, facts) => setOver({ since, facts })}
              length={settingsOf(view.state().records).minutes || SESSION_MINUTES}
              onLength={(minutes) =>
                // unsaved it holds on this page, is said at the top of the desk, and is tried again
                void changeSettings(view.vault, { minutes }, Date.now()).catch(() => undefined)
              }
            />
          </WithLogo>
        )}
      </Match>
      <Match when={wasIn()}>
        <QuietPage title={t("over.closedTitle")} text={t("over.roomClosed")} code="closed" act={toDesk()} />
      </Match>
    </Switch>
  );
}

/** For one call: the next one begins with the logo as it is. */
function WithLogo(props: { view: VaultView; children: JSX.Element }) {
  const brand = createMemo(() => brandOf(props.view.state().records));
  return <LogoProvider value={createPracticeLogo(brand)}>{props.children}</LogoProvider>;
}

function HungUp(props: {
  since: number | null;
  facts: CallFactsRead;
  onAgain: () => void;
  desk: ReturnType<typeof ButtonLink>;
}) {
  const minutes = props.since === null ? null : Math.max(1, Math.ceil((Date.now() - props.since) / 60_000));
  return (
    <QuietPage
      title={t("over.therapistTitle")}
      text={t("over.therapist")}
      code="hung-up"
      extra={
        <>
          <Show when={minutes}>{(count) => <p>{t("over.minutes", count())}</p>}</Show>
          <LazyEnd side="therapist" facts={props.facts} minutes={minutes} />
        </>
      }
      act={
        <>
          {props.desk}
          <Button onClick={props.onAgain}>{t("joinAgain")}</Button>
        </>
      }
    />
  );
}
