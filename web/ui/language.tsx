/** Switches between the two languages: a press shows the page in the other one. */
import "./language.css";
import { For } from "solid-js";
import { t } from "../i18n/common.ts";

type Language = "de" | "en";
const NAMES = { de: "Deutsch", en: "English" } as const;

export function LanguageSwitch(props: { value: Language; onChange: (language: Language) => void }) {
  return (
    <fieldset class="language">
      <legend class="visually-hidden">{t("language")}</legend>
      <For each={["de", "en"] as const}>
        {(language) => (
          <button
            type="button"
            class="language-button"
            lang={language}
            aria-label={`${language.toUpperCase()}, ${NAMES[language]}`}
            aria-pressed={props.value === language}
            onClick={() => props.onChange(language)}
          >
            {language.toUpperCase()}
          </button>
        )}
      </For>
    </fieldset>
  );
}
