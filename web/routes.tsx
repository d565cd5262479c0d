/** Which page answers which address; every page is its own chunk. */

import { Route, Router, type RouteSectionProps } from "@solidjs/router";
import { createMemo, createResource, lazy, onMount, Suspense, untrack } from "solid-js";
import { fetched } from "./fetched.ts";
import { DeskProvider } from "./pages/desk.ts";
import { Loading } from "./pages/loading.tsx";
import { Framed, Private } from "./pages/private.tsx";
import { Toasts } from "./ui/toast.tsx";
import { Whole } from "./ui/whole.tsx";
import { begin } from "./vault/begin.ts";
import { phase } from "./vault/phase.ts";

const Start = lazy(() => fetched(() => import("./pages/start.tsx")));
const Login = lazy(() => fetched(() => import("./pages/login.tsx")));
const Register = lazy(() => fetched(() => import("./pages/register.tsx")));
const Recover = lazy(() => fetched(() => import("./pages/recover.tsx")));
const Calls = lazy(() => fetched(() => import("./pages/calls.tsx")));
const Profile = lazy(() => fetched(() => import("./pages/profile.tsx")));
const Choose = lazy(() => fetched(() => import("./pages/staff/choose-page.tsx")));
const Join = lazy(() => fetched(() => import("./pages/staff/join-page.tsx")));
const Clients = lazy(() => fetched(() => import("./pages/clients.tsx")));
const ClientEntry = lazy(() => fetched(() => import("./pages/client-entry.tsx")));
const Call = lazy(() => fetched(() => import("./pages/call.tsx")));
const GoPage = lazy(() => fetched(() => import("./pages/planned/go-page.tsx")));
const StartPage = lazy(() => fetched(() => import("./pages/planned/start-page.tsx")));
const DeepLinkPage = lazy(() => fetched(() => import("./pages/software/deep-link-page.tsx")));
const PlansPage = lazy(() => fetched(() => import("./pages/plans.tsx")));
const Developers = lazy(() => fetched(() => import("./pages/developers/developers-page.tsx")));
const Legal = lazy(() => fetched(() => import("./pages/legal.tsx")));
const Missing = lazy(() => fetched(() => import("./pages/missing.tsx")));

/** A mail program made the `#` of an invitation a `%23`: its page says that it is not valid any more. */
const EXPOSED_INVITE = /^invite(#|%(25)*23)/i;

export function Pages() {
  onMount(() => void begin());
  return (
    <Router root={Root}>
      <Route path="/" component={Home} />
      <Route path="/profile" component={ProfileRoute} />
      <Route path="/profile/staff/:invitation" component={ChooseRoute} />
      <Route path="/invite" component={Join} />
      <Route path="/:exposed" matchFilters={{ exposed: EXPOSED_INVITE }} component={Join} />
      <Route path="/clients" component={ClientsRoute} />
      <Route path="/clients/:item" component={ClientEntryRoute} />
      <Route path="/call/:room" component={CallRoute} />
      <Route path="/planned/:plan/go" component={GoRoute} />
      <Route path="/start/:rid" component={StartRoute} />
      <Route path="/start" component={DeepLinkRoute} />
      <Route path="/login" component={Login} />
      <Route path="/register" component={Register} />
      <Route path="/recover" component={Recover} />
      <Route path="/plans" component={PlansPage} />
      <Route path="/developers" component={Developers} />
      <Route path="/imprint" component={() => <Legal page="imprint" />} />
      <Route path="/privacy" component={() => <Legal page="privacy" />} />
      <Route path="/terms" component={() => <Legal page="terms" />} />
      <Route path="*" component={Missing} />
    </Router>
  );
}

/** Around all pages. The desk lives as long as the vault is open, whatever page is shown; its code comes with the vault. */
function Root(props: RouteSectionProps) {
  const vault = createMemo(() => {
    const now = phase();
    return now.kind === "open" ? now.vault : undefined;
  });
  const [code] = createResource(vault, () => fetched(() => import("./pages/live-desk.ts")));
  const desk = createMemo(() => {
    const open = vault();
    const made = code.latest;
    // Made anew with another vault only, whatever a desk reads while it is made.
    return open && made ? untrack(() => made.createDesk(open)) : null;
  });
  return (
    <DeskProvider value={desk}>
      <Whole>
        <Suspense fallback={<Loading />}>{props.children}</Suspense>
      </Whole>
      <Toasts />
    </DeskProvider>
  );
}

function Home() {
  return (
    <Private out={<Start />}>
      <Framed>
        <Suspense fallback={<Loading />}>
          <Calls />
        </Suspense>
      </Framed>
    </Private>
  );
}

function ProfileRoute() {
  return (
    <Private>
      <Framed>
        <Suspense fallback={<Loading />}>
          <Profile />
        </Suspense>
      </Framed>
    </Private>
  );
}

function ChooseRoute() {
  return (
    <Private>
      <Framed>
        <Suspense fallback={<Loading />}>
          <Choose />
        </Suspense>
      </Framed>
    </Private>
  );
}

function ClientsRoute() {
  return (
    <Private>
      <Framed>
        <Suspense fallback={<Loading />}>
          <Clients />
        </Suspense>
      </Framed>
    </Private>
  );
}

function ClientEntryRoute() {
  return (
    <Private>
      <Framed>
        <Suspense fallback={<Loading />}>
          <ClientEntry />
        </Suspense>
      </Framed>
    </Private>
  );
}

function CallRoute() {
  return (
    <Private>
      <Call />
    </Private>
  );
}

function GoRoute() {
  return (
    <Private>
      <GoPage />
    </Private>
  );
}

function StartRoute() {
  return (
    <Private>
      <StartPage />
    </Private>
  );
}

function DeepLinkRoute() {
  return (
    <Private>
      <DeepLinkPage />
    </Private>
  );
}
