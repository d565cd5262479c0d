/** Whose page this is, for clients who want to know: the lines the practice gives of itself. */
import "./practice-lines.css";
import { Show } from "solid-js";
import { t } from "../../i18n/practice.ts";
import { usePracticeLogo } from "./practice-logo.ts";

export function PracticeLines() {
  const logo = usePracticeLogo();
  const words = () => {
    const found = logo?.words();
    return found?.imprint ? found : null;
  };
  return (
    <Show when={words()}>
      {(found) => (
        <section
          class="practice-lines"
          aria-label={t("of")}
          lang={found().locale}
          data-testid="practice-lines"
        >
          <Show when={found().name}>
            <p class="practice-lines-name">{found().name}</p>
          </Show>
          <p class="practice-lines-text">{found().imprint}</p>
        </section>
      )}
    </Show>
  );
}
