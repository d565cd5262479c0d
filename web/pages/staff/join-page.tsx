/** An invitation that somebody opened: who invites, and the ways to accept: with a new account, or with one that has nothing yet. */
import "../account/account.css";
import "./staff.css";
import { useNavigate } from "@solidjs/router";
import { createResource, createSignal, type JSX, Match, onCleanup, Show, Switch } from "solid-js";
import { type Invitation, type InvitationFault, parseInvitation } from "../../../wasm/invitation.ts";
import { ready } from "../../../wasm/sodium.ts";
import { invitationsApi } from "../../api/team.ts";
import { sayError } from "../../i18n/errors.ts";
import { t } from "../../i18n/staff.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { phase } from "../../vault/phase.ts";
import { Refused } from "../../vault/remote.ts";
import { Loading } from "../loading.tsx";
import LoginPage from "../login.tsx";
import { Public } from "../public.tsx";
import { RegisterSteps } from "../register.tsx";
import UnlockPage from "../unlock.tsx";
import { AcceptHere } from "./accept-here.tsx";

type Read = Invitation | InvitationFault;

export default function JoinPage() {
  const [read, { refetch }] = createResource<Read>(async () => {
    await ready();
    return parseInvitation(location.pathname + location.hash);
  });
  // a link put into the address bar of an open page changes only what stands behind the '#'
  const again = () => void refetch();
  addEventListener("hashchange", again);
  onCleanup(() => removeEventListener("hashchange", again));
  const good = () => {
    const now = read();
    return typeof now === "object" ? now : undefined;
  };
  const fault = () => {
    const now = read();
    return typeof now === "string" ? now : undefined;
  };
  return (
    <Switch fallback={<Framed>{<Loading />}</Framed>}>
      <Match when={good()} keyed>
        {(invitation) => <Good invitation={invitation} />}
      </Match>
      <Match when={fault()}>{(why) => <Faulty why={why()} />}</Match>
    </Switch>
  );
}

function Framed(props: { children: JSX.Element }) {
  return (
    <Public kind="form">
      <div class="account">{props.children}</div>
    </Public>
  );
}

function Faulty(props: { why: InvitationFault }) {
  const kind = () => (props.why === "none" || props.why === "cut" ? props.why : "bad");
  return (
    <Framed>
      <PageTitle text={t(`join.${kind()}Title`)} />
      <p data-testid="join-fault">{props.why === "exposed" ? t("join.exposed") : t(`join.${kind()}`)}</p>
    </Framed>
  );
}

/** Asked by whoever is not logged in, or is with another account: a used invitation may still be this account's own. */
function Good(props: { invitation: Invitation }) {
  const [practice] = createResource(async (): Promise<{ practice: string } | { fault: unknown }> => {
    try {
      return { practice: await invitationsApi.look(props.invitation.token) };
    } catch (fault) {
      return { fault };
    }
  });
  const known = () => {
    const now = practice();
    return now && "practice" in now ? now.practice : null;
  };
  const fault = () => {
    const now = practice();
    return now && "fault" in now ? now.fault : null;
  };
  const [loggingIn, setLoggingIn] = createSignal(false);
  const locked = () => {
    const now = phase();
    return now.kind === "locked" ? now.session : undefined;
  };
  const isIn = () => phase().kind === "open" || phase().kind === "staff";
  return (
    <Switch
      fallback={
        <Framed>
          <Loading />
        </Framed>
      }
    >
      <Match when={locked()}>{(session) => <UnlockPage session={session()} />}</Match>
      <Match when={isIn() && practice.state === "ready"}>
        <Framed>
          <AcceptHere invitation={props.invitation} practice={known()} fault={fault()} />
        </Framed>
      </Match>
      <Match when={loggingIn()}>
        <LoginPage />
      </Match>
      <Match when={fault()}>{(why) => <Refusal error={why()} onHave={() => setLoggingIn(true)} />}</Match>
      <Match when={phase().kind === "out" && known()}>
        {(name) => (
          <NewAccount invitation={props.invitation} practice={name()} onHave={() => setLoggingIn(true)} />
        )}
      </Match>
    </Switch>
  );
}

/** Whoever has accepted it comes back to the own account, and to its key where that was lost. */
function Refusal(props: { error: unknown; onHave: () => void }) {
  const code = () => (props.error instanceof Refused ? props.error.code : "");
  const isOurs = () => code().startsWith("invitation.");
  return (
    <Framed>
      <PageTitle text={isOurs() ? t("join.badTitle") : t("join.title")} />
      <Banner tone="look">{sayError(props.error)}</Banner>
      <Show when={code() === "invitation.used"}>
        <p>{t("join.mine")}</p>
        <Button onClick={props.onHave}>{t("join.logIn")}</Button>
      </Show>
    </Framed>
  );
}

type NewProps = { invitation: Invitation; practice: string; onHave: () => void };

function NewAccount(props: NewProps) {
  const navigate = useNavigate();
  const [begun, setBegun] = createSignal(false);
  return (
    <Public kind="form">
      <Show
        when={begun()}
        fallback={
          <div class="account">
            <PageTitle text={t("join.by", props.practice)} />
            <Card>
              <p>{t("join.text")}</p>
              <Button kind="main" wide onClick={() => setBegun(true)}>
                {t("join.make")}
              </Button>
              <Button kind="plain" wide onClick={props.onHave}>
                {t("join.have")}
              </Button>
            </Card>
          </div>
        }
      >
        <RegisterSteps
          withCode={false}
          invitation={props.invitation}
          onDone={() => navigate("/", { replace: true })}
        />
      </Show>
    </Public>
  );
}
