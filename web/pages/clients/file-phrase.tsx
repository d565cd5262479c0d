/** The passphrase of a file: seven generated words, or one's own. */
import { Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { Phrase } from "../../ui/phrase.tsx";
import type { PasswordChoice } from "../account/password-choice.tsx";

export function FilePhrase(props: { choice: PasswordChoice }) {
  return (
    <Show
      when={props.choice.own()}
      fallback={
        <Phrase
          label={t("file.phrase")}
          hint={t("file.phraseHint")}
          phrase={props.choice.phrase()}
          rollLabel={t("file.roll")}
          onRoll={props.choice.roll}
          ownLabel={t("file.own")}
          onOwn={() => props.choice.setOwn(true)}
        />
      }
    >
      <Own choice={props.choice} />
    </Show>
  );
}

function Own(props: { choice: PasswordChoice }) {
  const error = () => {
    const weakness = props.choice.weakness();
    if (weakness === null) return undefined;
    return weakness === "short" ? t("file.ownShort") : t("file.ownCommon");
  };
  return (
    <div class="phrase-own">
      <PasswordField
        label={t("file.ownLabel")}
        name="file-password"
        autocomplete="off"
        required
        value={props.choice.typed()}
        onInput={props.choice.setTyped}
        hint={t("file.ownHint")}
        error={error()}
      />
      <Button small kind="plain" onClick={() => props.choice.setOwn(false)}>
        {t("file.ownBack")}
      </Button>
    </div>
  );
}
