/** The passphrase of a file: seven generated words, or one's own. */
import "../account/password-choice.css";
import Dices from "lucide-solid/icons/dices";
import { For, Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import type { PasswordChoice } from "../account/password-choice.tsx";

export function FilePhrase(props: { choice: PasswordChoice }) {
  return (
    <Show when={props.choice.own()} fallback={<Words choice={props.choice} />}>
      <Own choice={props.choice} />
    </Show>
  );
}

function Words(props: { choice: PasswordChoice }) {
  return (
    <fieldset class="phrase">
      <legend class="field-label">{t("file.phrase")}</legend>
      <output class="phrase-words" translate="no">
        <For each={props.choice.phrase().split(" ")}>
          {(word) => <span class="phrase-word">{word} </span>}
        </For>
      </output>
      <p class="field-hint">{t("file.phraseHint")}</p>
      <div class="phrase-acts">
        <CopyButton small text={props.choice.phrase()} />
        <Button small icon={Dices} onClick={props.choice.roll}>
          {t("file.roll")}
        </Button>
        <Button small kind="plain" onClick={() => props.choice.setOwn(true)}>
          {t("file.own")}
        </Button>
      </div>
    </fieldset>
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
