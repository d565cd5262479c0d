/** The client's page: link → "Beitreten" → waits by itself → call → quiet end (journeys 4 and 6). */
import "webrtc-adapter";
import "./client.css";
import { createResource, Match, Show, Switch } from "solid-js";
import { ready } from "../../wasm/sodium.ts";
import { t } from "../i18n/call.ts";
import { chooseLanguage, language } from "../i18n/language.ts";
import { LanguageSwitch } from "../ui/language.tsx";
import { Logo } from "../ui/logo.tsx";
import { type LinkInPage, linkInPage } from "./client-link.ts";
import { ClientVisit } from "./client-visit.tsx";
import { QuietPage } from "./room/quiet-page.tsx";

export function ClientPage() {
  const [link] = createResource<LinkInPage>(async () => {
    await ready();
    return linkInPage(location, history);
  });
  const good = () => {
    const found = link();
    return typeof found === "object" ? found : undefined;
  };
  const fault = () => {
    const found = link();
    return typeof found === "string" ? found : undefined;
  };
  return (
    <>
      <Show when={!good()}>
        <header class="client-head">
          <Logo />
          <LanguageSwitch value={language()} onChange={chooseLanguage} />
        </header>
      </Show>
      <Switch>
        <Match when={good()}>
          {(found) => <ClientVisit link={found().link} exposed={found().exposed} />}
        </Match>
        <Match when={fault()}>
          {(why) => <QuietPage title={t(`stop.${why()}Title`)} text={t(`stop.${why()}`)} code={why()} />}
        </Match>
      </Switch>
    </>
  );
}
