/** `/start#…`: where a practice program leads the therapist. With its pairing the call starts at once; without one the page names who it
 * is for and waits for a press, and until then makes no entry, opens no room and no camera (e2ee.md §2.11). */
import { createResource, createSignal, Match, onCleanup, Show, Switch } from "solid-js";
import { parseStartLink, type StartLink } from "../../../wire/start-link.ts";
import { t } from "../../i18n/software.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { isPaired } from "../../vault/pairings.ts";
import { useDesk } from "../desk.ts";
import { IntoCall } from "../planned/into-call.tsx";
import { QuietPage } from "../room/quiet-page.tsx";
import { createVaultView, type VaultView } from "../vault-view.ts";
import { namesOf, startClients } from "./start-clients.ts";

export default function DeepLinkPage() {
  const [hash, setHash] = createSignal(location.hash);
  // another link in the same tab loads nothing anew
  const onHash = () => setHash(location.hash);
  window.addEventListener("hashchange", onHash);
  onCleanup(() => window.removeEventListener("hashchange", onHash));
  return (
    <Show when={hash()} keyed fallback={<Bad />}>
      {(text) => (
        <Show when={parseStartLink(text)} fallback={<Bad />} keyed>
          {(link) => <Link link={link} />}
        </Show>
      )}
    </Show>
  );
}

function Link(props: { link: StartLink }) {
  const view = createVaultView();
  const desk = useDesk();
  const [isPressed, setPressed] = createSignal(false);
  // a pairing made, or revoked, on another device a moment ago is one fetch away
  const [trust] = createResource(async () => {
    await view.vault.refresh().catch(() => undefined);
    return { isPaired: isPaired(view.vault.state.get().records, props.link.pairing) };
  });
  const looking = <QuietPage title={t("start.looking")} text="" code="looking" busy={t("start.looking")} />;
  return (
    <Switch fallback={looking}>
      <Match when={isPressed() || trust.latest?.isPaired}>
        <IntoCall start={() => startClients(view, desk, props.link.ids)} />
      </Match>
      <Match when={trust.latest}>
        <Ask view={view} ids={props.link.ids} onStart={() => setPressed(true)} />
      </Match>
    </Switch>
  );
}

function Ask(props: { view: VaultView; ids: readonly string[]; onStart: () => void }) {
  const names = () => namesOf(props.view, props.ids);
  return (
    <QuietPage
      title={t("start.title", listed(names().all))}
      text={t("start.text")}
      code="ask"
      extra={
        <Show when={names().fresh.length > 0}>
          <p>{t("start.fresh", listed(names().fresh))}</p>
        </Show>
      }
      act={
        <>
          <Button kind="main" onClick={props.onStart}>
            {t("start.act")}
          </Button>
          <ButtonLink href="/">{t("start.desk")}</ButtonLink>
        </>
      }
    />
  );
}

function Bad() {
  return (
    <QuietPage
      title={t("start.badTitle")}
      text={t("start.bad")}
      code="bad"
      act={
        <ButtonLink kind="main" href="/">
          {t("start.desk")}
        </ButtonLink>
      }
    />
  );
}

/** "K-1, K-2 und K-3". */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")}${t("start.and")}${last}`;
}
