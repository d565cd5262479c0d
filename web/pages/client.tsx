/** The client's page: link → "Beitreten" → waits by itself → call → quiet end (journeys 4 and 6). */
import "webrtc-adapter";
import "./client.css";
import { createResource, Match, onCleanup, Switch } from "solid-js";
import { ready } from "../../wasm/sodium.ts";
import { t } from "../i18n/call.ts";
import { ClientByLink } from "./client-by-link.tsx";
import { type LinkInPage, linkInPage } from "./client-link.ts";
import { QuietPage } from "./room/quiet-page.tsx";

export function ClientPage() {
  const [link, { refetch }] = createResource<LinkInPage>(async () => {
    await ready();
    return linkInPage(location, history);
  });
  // a link put into the address bar of an open page changes only what stands behind the '#'
  const reread = () => void refetch();
  addEventListener("hashchange", reread);
  onCleanup(() => removeEventListener("hashchange", reread));
  const good = () => {
    const found = link();
    return typeof found === "object" ? found : undefined;
  };
  const fault = () => {
    const found = link();
    return typeof found === "string" ? found : undefined;
  };
  return (
    <Switch>
      <Match when={good()} keyed>
        {(found) => <ClientByLink link={found.link} brand={found.brand} exposed={found.exposed} />}
      </Match>
      <Match when={fault()}>
        {(why) => <QuietPage title={t(`stop.${why()}Title`)} text={t(`stop.${why()}`)} code={why()} />}
      </Match>
    </Switch>
  );
}
