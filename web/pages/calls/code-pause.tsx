/** Says that chosen codes let nobody in for now, because somebody guessed, and switches them on again (A4). */
import { createEffect, createMemo, createSignal, onCleanup, Show } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { t } from "../../i18n/app.ts";
import { timeOfDay } from "../../i18n/format.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { CodeGuard } from "../../vault/code-guard.ts";
import type { VaultView } from "../vault-view.ts";

export function CodePause(props: { view: VaultView }) {
  const guard = new CodeGuard(props.view.vault, browserStore(), Date.now);
  const [turn, setTurn] = createSignal(0);
  const now = createMemo(() => {
    turn();
    // each failure is a change of the vault
    props.view.state();
    return guard.chosen();
  });
  createEffect(() => {
    const chosen = now();
    if (chosen.state !== "paused") return;
    const timer = setTimeout(() => setTurn((count) => count + 1), Math.max(0, chosen.until - Date.now()));
    onCleanup(() => clearTimeout(timer));
  });
  const enable = () => {
    guard.reenable();
    setTurn((count) => count + 1);
  };
  const title = () => {
    const chosen = now();
    return chosen.state === "paused" ? t("code.pausedTitle", timeOfDay(chosen.until)) : t("code.offTitle");
  };
  return (
    <Show when={now().state !== "on"}>
      <Banner
        tone="look"
        title={title()}
        act={
          <Button small onClick={enable}>
            {t("code.enable")}
          </Button>
        }
      >
        {now().state === "paused" ? t("code.paused") : t("code.off")}
      </Banner>
    </Show>
  );
}
