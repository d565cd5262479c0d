/** `/check`: devices and connection, days before a call or while waiting for it. Needs no login, no link and no code. */
import "../client.css";
import "./check.css";
import { createSignal, onCleanup, Show } from "solid-js";
import { askFacts } from "../../call/check/facts.ts";
import { browserProbes } from "../../call/check/probes.ts";
import { verdictOf } from "../../call/check/verdict.ts";
import { WayCheck } from "../../call/check/ways.ts";
import { pageClock } from "../../call/clock.ts";
import { t } from "../../i18n/check.ts";
import { chooseLanguage, language } from "../../i18n/language.ts";
import { Button } from "../../ui/button.tsx";
import { LanguageSwitch } from "../../ui/language.tsx";
import { Logo } from "../../ui/logo.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { AbleWords } from "../room/able-words.tsx";
import { MissingWords } from "../room/missing-words.tsx";
import { useCapture } from "../room/use-capture.ts";
import { watched } from "../room/watched.ts";
import DeviceCheck from "./device-check.tsx";
import { InAppWords } from "./in-app-words.tsx";
import { VerdictWords } from "./verdict-words.tsx";
import { WayRows } from "./way-rows.tsx";

export default function CheckPage() {
  const view = useCapture(() => undefined);
  const [isAsked, setAsked] = createSignal(false);
  const check = new WayCheck({ clock: pageClock, ask: askFacts, probes: browserProbes(pageClock) });
  onCleanup(() => check.stop());
  void check.run();
  const state = watched(check.state);
  const found = () => {
    const { microphone, problems } = view.captured();
    return microphone || problems.microphone ? problems : null;
  };
  return (
    <div class="door-page">
      <header class="client-head">
        <Logo href="/" />
        <LanguageSwitch value={language()} onChange={chooseLanguage} />
      </header>
      <main class="check-page" data-testid="check" data-at={state().at}>
        <div class="check-head">
          <PageTitle text={t("title")} />
          <p class="door-lead">{t("lead")}</p>
          <InAppWords />
          <VerdictWords verdict={verdictOf(state(), found())} />
        </div>
        <section class="check-part">
          <h2>{t("devices.title")}</h2>
          <AbleWords />
          <MissingWords view={view} />
          <Show
            when={isAsked()}
            fallback={
              <div class="check-start">
                <p>{t("devices.before")}</p>
                <Button kind="main" onClick={() => setAsked(true)}>
                  {t("devices.start")}
                </Button>
              </div>
            }
          >
            <DeviceCheck view={view} picture />
          </Show>
        </section>
        <section class="check-part">
          <h2>{t("ways.title")}</h2>
          <WayRows state={state()} />
          <div class="check-acts">
            <Button small busy={state().at === "running"} onClick={() => void check.run()}>
              {t("ways.again")}
            </Button>
            <Show when={history.length > 1}>
              <Button small kind="plain" onClick={() => history.back()}>
                {t("back")}
              </Button>
            </Show>
          </div>
        </section>
      </main>
    </div>
  );
}
