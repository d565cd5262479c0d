/** `/connect`: TherapeutInnen-Code and Zugangs-Code; each press is one handshake, and nothing is tried again by itself (A4). */
import "webrtc-adapter";
import "./client.css";
import "./connect.css";
import { createResource, createSignal, lazy, Match, Switch } from "solid-js";
import { ready } from "../../wasm/sodium.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { foldUserName, normalClientId } from "../../wire/names.ts";
import { browserStore } from "../call/browser.ts";
import type { TypedIn } from "../call/proof.ts";
import { CodeTries } from "../call/tries.ts";
import { fetched } from "../fetched.ts";
import { t } from "../i18n/call.ts";
import { timeOfDay } from "../i18n/format.ts";
import { ClientVisit, type Refusal } from "./client-visit.tsx";
import { ConnectForm, type Typed } from "./connect-form.tsx";
import { askOwnLink } from "./own-link-ask.ts";
import { useCapture } from "./room/use-capture.ts";

const StaffStop = lazy(() => fetched(() => import("./staff/staff-stop.tsx")));

export function ConnectPage() {
  const tries = new CodeTries(browserStore(), Date.now);
  const [isReady] = createResource(async () => {
    await ready();
    return true;
  });
  // the answer for a link that nobody has tells who is logged in here
  const [asked] = createResource(() => askOwnLink(newId<Rid>()));
  const [typed, setTyped] = createSignal<Typed>({ user: "", code: "", label: "" });
  const [pressed, setPressed] = createSignal<TypedIn | null>(null);
  const [refused, setRefused] = createSignal<Refusal | "paused" | null>(null);
  let changed: () => void = () => undefined;
  const view = useCapture(() => changed());
  const capture = (onChange: () => void) => {
    changed = onChange;
    return view;
  };
  const press = (camera: boolean) => {
    const typedIn = typedInOf(typed());
    if (!typedIn) return;
    const { left } = tries.left();
    setRefused(left === 0 ? "paused" : null);
    if (left === 0) return;
    if (!camera) void view.capture.setCamera(false);
    setPressed(typedIn);
  };
  const onRefused = (why: Refusal) => {
    changed = () => undefined;
    // back at the form no light may stay on
    view.capture.closeAll();
    setPressed(null);
    setRefused(why);
  };
  const error = () => {
    const why = refused();
    if (why === "slow") return t("code.slow");
    const { left, again } = tries.left();
    if (why === "paused") return t("code.again", timeOfDay(again));
    if (why !== "wrong") return "";
    return left > 0 ? t("code.wrong", left) : `${t("code.wrongLast")} ${t("code.again", timeOfDay(again))}`;
  };
  return (
    <Switch
      fallback={
        <ConnectForm
          view={view}
          typed={typed()}
          onTyped={setTyped}
          error={error()}
          userUnknown={refused() === "user"}
          ready={isReady() === true}
          onPress={press}
        />
      }
    >
      <Match when={asked() === "staff"}>
        <StaffStop />
      </Match>
      <Match when={pressed()} keyed>
        {(credential) => (
          <ClientVisit credential={credential} form={{ tries, label: typed().label, onRefused, capture }} />
        )}
      </Match>
    </Switch>
  );
}

/** What stands in the form as what the handshake takes; null where it cannot be right. */
function typedInOf({ user, code }: Typed): TypedIn | null {
  const [name, normal] = [foldUserName(user), normalClientId(code)];
  return name !== null && normal !== null ? { by: "code", user: name, code: normal } : null;
}
