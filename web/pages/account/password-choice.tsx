/** Chooses a password: seven generated words by default, or one's own. */
import { createSignal, Show } from "solid-js";
import { newPassphrase } from "../../../wasm/passphrase.ts";
import { GERMAN_WORDS } from "../../../wasm/words.de.ts";
import { t } from "../../i18n/account.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { Phrase } from "../../ui/phrase.tsx";
import { type Weakness, weaknessOf } from "./strength.ts";

/** The choice as the form around it keeps it: going back and forth loses nothing. */
export function createPasswordChoice() {
  const [own, setOwn] = createSignal(false);
  const [typed, setTyped] = createSignal("");
  const [phrase, setPhrase] = createSignal(newPassphrase(GERMAN_WORDS));
  const [weakness, setWeakness] = createSignal<Weakness | null>(null);
  return {
    own,
    typed,
    phrase,
    weakness,
    setOwn,
    setTyped: (password: string) => {
      setWeakness(null);
      setTyped(password);
    },
    roll: () => setPhrase(newPassphrase(GERMAN_WORDS)),
    password: () => (own() ? typed() : phrase()),
    /** True where the password may be used; else the field says why not. */
    check: async (words: readonly string[]) => {
      const found = own() ? await weaknessOf(typed(), words) : null;
      setWeakness(found);
      return found === null;
    },
  };
}

export type PasswordChoice = ReturnType<typeof createPasswordChoice>;

export function PasswordChoiceFields(props: { choice: PasswordChoice; user: string }) {
  return (
    <Show when={props.choice.own()} fallback={<Generated choice={props.choice} />}>
      <Own choice={props.choice} />
    </Show>
  );
}

function Generated(props: { choice: PasswordChoice }) {
  return (
    <Phrase
      label={t("password.generated")}
      hint={t("password.generatedHint")}
      phrase={props.choice.phrase()}
      rollLabel={t("password.roll")}
      onRoll={props.choice.roll}
      ownLabel={t("password.own")}
      onOwn={() => props.choice.setOwn(true)}
    >
      {/* Password managers read this field; people read the words. */}
      <input
        class="visually-hidden"
        type="password"
        autocomplete="new-password"
        name="password"
        tabIndex={-1}
        aria-hidden="true"
        readOnly
        value={props.choice.phrase()}
      />
    </Phrase>
  );
}

function Own(props: { choice: PasswordChoice }) {
  const error = () => {
    const weakness = props.choice.weakness();
    return weakness === null ? undefined : t(`password.${weakness}`);
  };
  return (
    <div class="phrase-own">
      <PasswordField
        label={t("password.ownLabel")}
        name="password"
        autocomplete="new-password"
        required
        value={props.choice.typed()}
        onInput={props.choice.setTyped}
        hint={t("password.ownHint")}
        error={error()}
      />
      <Button small kind="plain" onClick={() => props.choice.setOwn(false)}>
        {t("password.backToGenerated")}
      </Button>
    </div>
  );
}
