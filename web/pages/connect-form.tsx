/** The form of `/connect`: two codes as they were told, a name if one likes, and one button. */
import { createSignal, Show } from "solid-js";
import { CLIENT_ID_MAX, foldUserName, normalClientId } from "../../wire/names.ts";
import { t } from "../i18n/call.ts";
import { chooseLanguage, language } from "../i18n/language.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { LanguageSwitch } from "../ui/language.tsx";
import { Logo } from "../ui/logo.tsx";
import { CheckOffer } from "./check/check-offer.tsx";
import { InAppWords } from "./check/in-app-words.tsx";
import { AbleWords } from "./room/able-words.tsx";
import { MissingWords } from "./room/missing-words.tsx";
import type { CaptureView } from "./room/use-capture.ts";

export type Typed = { readonly user: string; readonly code: string; readonly label: string };

type FormProps = {
  view: CaptureView;
  typed: Typed;
  onTyped: (typed: Typed) => void;
  /** Why the last press led nowhere; empty: it did not. */
  error: string;
  /** The server knows nobody of this name. */
  userUnknown: boolean;
  /** The program is there. */
  ready: boolean;
  /** Both codes have a form that may be right. False: with sound alone. */
  onPress: (camera: boolean) => void;
};

/** Longer than any user name, for what is pasted around it. */
const USER_MAX = 64;

export function ConnectForm(props: FormProps) {
  const [tried, setTried] = createSignal(false);
  // what was said of the last press is over as soon as the person types
  const [touched, setTouched] = createSignal(false);
  const type = (change: Partial<Typed>) => {
    setTouched(true);
    props.onTyped({ ...props.typed, ...change });
  };
  const faults = () => faultsOf(props.typed);
  const userFault = () => {
    if (props.userUnknown && !touched()) return t("code.userUnknown");
    return tried() ? faults().user : "";
  };
  const press = (camera: boolean) => {
    if (!props.ready) return;
    setTried(true);
    setTouched(false);
    const { user, code } = faults();
    if (user === "" && code === "") props.onPress(camera);
  };
  return (
    <div class="door-page">
      <header class="client-head">
        <Logo />
        <LanguageSwitch value={language()} onChange={chooseLanguage} />
      </header>
      <main class="connect" data-testid="connect">
        <form
          class="door-form"
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            press(true);
          }}
        >
          <h1>{t("code.title")}</h1>
          <p class="door-lead">{t("code.lead")}</p>
          <Show when={!touched() && props.error}>
            <Banner tone="loss">{props.error}</Banner>
          </Show>
          <InAppWords />
          <AbleWords />
          <MissingWords view={props.view} />
          <Field
            label={t("code.user")}
            hint={t("code.userHint")}
            name="therapist-code"
            plain
            maxLength={USER_MAX}
            value={props.typed.user}
            onInput={(user) => type({ user })}
            error={userFault() || undefined}
          />
          <Field
            label={t("code.code")}
            hint={t("code.codeHint")}
            name="access-code"
            plain
            mono
            maxLength={2 * CLIENT_ID_MAX}
            value={props.typed.code}
            onInput={(code) => type({ code })}
            error={(tried() && faults().code) || undefined}
          />
          <Field
            label={t("client.name")}
            hint={t("client.nameHint")}
            value={props.typed.label}
            onInput={(label) => props.onTyped({ ...props.typed, label })}
            maxLength={64}
            autocomplete="name"
            optional
          />
          <Button kind="main" type="submit" wide>
            {t("join")}
          </Button>
          <Button kind="plain" wide onClick={() => press(false)}>
            {t("check.without")}
          </Button>
          <p class="door-sealed">{t("client.sealed")}</p>
          <CheckOffer view={props.view} picture />
        </form>
      </main>
    </div>
  );
}

/** What is wrong with the fields before anybody is asked. */
function faultsOf({ user, code }: Typed): { user: string; code: string } {
  const userWords = user.trim() === "" ? t("code.userMissing") : t("code.userForm");
  const codeWords = [...code.trim()].length > CLIENT_ID_MAX ? t("code.codeLong") : t("code.codeMissing");
  return {
    user: foldUserName(user) === null ? userWords : "",
    code: normalClientId(code) === null ? codeWords : "",
  };
}
