/** Around every page that needs the open vault: asks for what is missing in place, so that the address stays and the page
 * that was asked for follows. */

import { useLocation } from "@solidjs/router";
import Person from "lucide-solid/icons/circle-user-round";
import Cards from "lucide-solid/icons/contact-round";
import LockIcon from "lucide-solid/icons/lock";
import Calls from "lucide-solid/icons/video";
import { type JSX, lazy, Match, onMount, Show, Switch } from "solid-js";
import { fetched } from "../fetched.ts";
import { t } from "../i18n/app.ts";
import { sayError } from "../i18n/errors.ts";
import { installShell } from "../shell/install.ts";
import { AppFrame } from "../ui/app-frame.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { PageTitle } from "../ui/title.tsx";
import { begin } from "../vault/begin.ts";
import { openVault, phase } from "../vault/phase.ts";
import { Refused } from "../vault/remote.ts";
import { isDeskThere } from "./desk.ts";
import { Loading } from "./loading.tsx";
import { Public } from "./public.tsx";

const Login = lazy(() => fetched(() => import("./login.tsx")));
const Unlock = lazy(() => fetched(() => import("./unlock.tsx")));
const WorkPages = lazy(() => fetched(() => import("./staff/work-pages.tsx")));
const Trouble = lazy(() => fetched(() => import("./trouble.tsx")));

/** Practice staff see their own pages instead, whatever page was asked for. `out`: what whoever is not logged in sees instead; the log-in where nothing is said. */
export function Private(props: { children: JSX.Element; out?: JSX.Element }) {
  const hasDesk = isDeskThere();
  const locked = () => {
    const now = phase();
    return now.kind === "locked" ? now.session : null;
  };
  const unreachable = () => {
    const now = phase();
    return now.kind === "unreachable" ? now.why : null;
  };
  return (
    <Switch fallback={<Waiting />}>
      <Match when={phase().kind === "out"}>
        <Show when={props.out} fallback={<Login />}>
          {props.out}
        </Show>
      </Match>
      <Match when={locked()}>{(session) => <Unlock session={session()} />}</Match>
      <Match when={unreachable()}>{(why) => <Unreachable error={new Refused(why())} />}</Match>
      <Match when={phase().kind === "staff"}>
        <WorkPages />
      </Match>
      <Match when={phase().kind === "open" && hasDesk()}>{props.children}</Match>
    </Switch>
  );
}

/** The therapist's frame with its areas; the call room stands outside of it. */
export function Framed(props: { children: JSX.Element }) {
  const location = useLocation();
  onMount(() => void installShell());
  const areas = () => [
    { href: "/", label: t("nav.calls"), icon: Calls },
    { href: "/clients", label: t("nav.clients"), icon: Cards },
    { href: "/profile", label: t("nav.profile"), icon: Person },
  ];
  const lock = async () => (await fetched(() => import("../vault/practice.ts"))).lock();
  const Foot = () => (
    <>
      <span class="frame-user">{openVault().owner.account}</span>
      <IconButton icon={LockIcon} label={t("nav.lock")} onClick={() => void lock()} />
    </>
  );
  return (
    <AppFrame areas={areas()} label={t("nav.main")} path={areaOf(location.pathname)} foot={<Foot />}>
      <Trouble />
      {props.children}
    </AppFrame>
  );
}

/** The page of one entry, or of one person, lies in the area of all. */
const areaOf = (path: string) => {
  if (path.startsWith("/clients/")) return "/clients";
  return path.startsWith("/profile/") ? "/profile" : path;
};

function Waiting() {
  return (
    <Public kind="form">
      <Loading />
    </Public>
  );
}

function Unreachable(props: { error: Refused }) {
  return (
    <Public kind="form">
      <PageTitle text={t("unreachable.title")} />
      <Banner tone="look" act={<Button onClick={() => void begin()}>{t("unreachable.again")}</Button>}>
        {sayError(props.error)}
      </Banner>
    </Public>
  );
}
