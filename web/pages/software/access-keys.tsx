/** What a practice program needs of us, together and this once: to copy line by line, or as a file. */
import { For } from "solid-js";
import { t } from "../../i18n/software.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { saveFile } from "../save-file.ts";

/** As they stand in the file. */
export type AccessKeys = { readonly server: string; readonly token: string; readonly pairing: string };

const LINES = ["server", "token", "pairing"] as const;

export function Keys(props: { keys: AccessKeys; onDone: () => void }) {
  const save = () =>
    saveFile(t("keys.file"), new Blob([JSON.stringify(props.keys, null, 2)], { type: "application/json" }));
  return (
    <div class="access-keys">
      <For each={LINES}>
        {(name) => (
          <div class="access-key">
            <p class="field-label">{t(`keys.${name}`)}</p>
            <div class="access-key-line">
              <p class="access-key-text" translate="no" data-testid={`access-${name}`}>
                {props.keys[name]}
              </p>
              <CopyButton small text={props.keys[name]} />
            </div>
          </div>
        )}
      </For>
      <p class="field-hint">{t("keys.pairingHint")}</p>
      <div class="form-acts">
        <Button kind="main" onClick={save}>
          {t("keys.save")}
        </Button>
        <Button onClick={props.onDone}>{t("keys.done")}</Button>
      </div>
    </div>
  );
}
