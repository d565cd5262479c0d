/** `/start/:rid`: a call with the client of this link starts, and the therapist is in it; asks first where nobody pressed before. */
import { useParams } from "@solidjs/router";
import { createResource, createSignal, Match, Switch } from "solid-js";
import type { Rid } from "../../../wire/ids.ts";
import { t } from "../../i18n/planned.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { type Client, clientOfRid, handlesOfClient } from "../../vault/clients.ts";
import { useDesk } from "../desk.ts";
import { QuietPage } from "../room/quiet-page.tsx";
import { createVaultView } from "../vault-view.ts";
import { IntoCall } from "./into-call.tsx";
import { nameOf } from "./names.ts";
import { wasAsked } from "./start-asked.ts";

export default function StartPage() {
  const params = useParams();
  const rid = (params.rid ?? "") as Rid;
  const view = createVaultView();
  const [isAsked, setAsked] = createSignal(wasAsked(rid));
  const here = () => clientOfRid(view.state().records, rid);
  // an entry made on another device a moment ago is one fetch away
  const [looked] = createResource(async () => {
    if (!here()) await view.vault.refresh().catch(() => undefined);
    return true;
  });
  const desk = () => (
    <ButtonLink kind="quiet" href="/">
      {t("going.desk")}
    </ButtonLink>
  );
  return (
    <Switch fallback={<QuietPage title={t("going.title")} text="" code="going" busy={t("going.title")} />}>
      <Match when={here()}>
        {(client) => (
          <Switch
            fallback={
              <QuietPage
                title={t("going.askTitle", nameOf(client()))}
                text={t("going.ask")}
                code="ask-start"
                act={
                  <>
                    <Button kind="main" onClick={() => setAsked(true)}>
                      {t("going.act")}
                    </Button>
                    {desk()}
                  </>
                }
              />
            }
          >
            <Match when={isAsked()}>
              <Into client={client()} />
            </Match>
          </Switch>
        )}
      </Match>
      <Match when={looked.state === "ready"}>
        <QuietPage title={t("going.unknownTitle")} text={t("going.unknown")} code="unknown" act={desk()} />
      </Match>
    </Switch>
  );
}

function Into(props: { client: Client }) {
  const desk = useDesk();
  return <IntoCall start={() => desk.open([handlesOfClient(props.client)])} inOpen />;
}
