/** A good link: the client's visit, or, where its own therapist has opened it, the way into the call. */
import { createSignal, lazy, Match, onCleanup, Show, Switch } from "solid-js";
import type { ClientLink } from "../../wasm/client.ts";
import type { OwnLink } from "../../wire/planned.ts";
import { fetched } from "../fetched.ts";
import type { BrandKey } from "../logo/shown.ts";
import { ClientVisit } from "./client-visit.tsx";
import { keepLink } from "./link-back.ts";
import { askOwnLink } from "./own-link-ask.ts";
import { TherapistLink } from "./therapist-link.tsx";

const StaffStop = lazy(() => fetched(() => import("./staff/staff-stop.tsx")));

/** Higher: clients on slow lines look at an empty page. Lower: a therapist sees the client's door for a moment. */
const PATIENCE_MS = 200;

export function ClientByLink(props: { link: ClientLink; brand: BrandKey; exposed: boolean }) {
  const [own, setOwn] = createSignal<OwnLink | null>(null);
  const [isStaff, setStaff] = createSignal(false);
  const [isDrawn, setDrawn] = createSignal(false);
  let isPressed = false;
  const timer = setTimeout(() => setDrawn(true), PATIENCE_MS);
  onCleanup(() => clearTimeout(timer));
  void askOwnLink(props.link.rid).then((answer) => {
    if (answer === "staff") setStaff(true);
    // whoever has pressed "Beitreten" meanwhile is a client here
    else if (!isPressed) setOwn(answer);
    setDrawn(true);
  });
  const mine = () => {
    const now = own();
    return now?.own ? now : undefined;
  };
  const [asClient, setAsClient] = createSignal(false);
  const logIn = () => {
    keepLink(location);
    location.assign("/login");
  };
  return (
    <Show when={isDrawn()}>
      <Switch
        fallback={
          <ClientVisit
            credential={{ by: "link", link: props.link }}
            brand={props.brand}
            exposed={props.exposed}
            onJoin={() => {
              isPressed = true;
            }}
            {...(mine() ? {} : { onTherapist: logIn })}
          />
        }
      >
        <Match when={isStaff()}>
          <StaffStop />
        </Match>
        <Match when={!asClient() && mine()}>
          {(found) => (
            <TherapistLink rid={props.link.rid} own={found()} onAsClient={() => setAsClient(true)} />
          )}
        </Match>
      </Switch>
    </Show>
  );
}
