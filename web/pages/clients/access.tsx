/** How a client comes in: the permanent link, the codes, and a new link in place of one that went astray. */
import LinkIcon from "lucide-solid/icons/link-2-off";
import { createSignal, Show } from "solid-js";
import { LINKS_PER_CLIENT_MAX } from "../../../wire/signal.ts";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Client, linkOfClient } from "../../vault/clients.ts";
import { renewLink } from "../../vault/entries.ts";
import { titleOf } from "../../vault/search.ts";
import { CodeRow } from "../calls/code-row.tsx";
import { LinkRow } from "../calls/link-row.tsx";
import { useDesk } from "../desk.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { roomsWith } from "./start.ts";

type AccessProps = { client: Client; view: VaultView };

export function Access(props: AccessProps) {
  const more = () => Math.min(props.client.record.links.length, LINKS_PER_CLIENT_MAX) - 1;
  return (
    <Card title={t("access.title")}>
      <Show when={props.client.record.links.length > 0 && props.view.identity()}>
        {(identity) => (
          <LinkRow
            link={linkOfClient(props.client, identity(), location.origin)}
            client={props.client.record.id}
            named={false}
          />
        )}
      </Show>
      <Show when={more() > 0}>
        <p class="small quiet">{t("access.more", more())}</p>
      </Show>
      <CodeRow client={props.client} view={props.view} />
      <RenewLink {...props} />
    </Card>
  );
}

/** The link so far is gone for good, so it asks first and names a room that is open. */
function RenewLink(props: AccessProps) {
  const desk = useDesk();
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const title = () => titleOf(props.client.record);
  const rooms = () => roomsWith(desk, [props.client]);
  const renew = async () => {
    // whoever is in by the old link goes before it does
    for (const { room } of rooms()) await desk.close(room);
    await renewLink(props.view.vault, props.client.item, Date.now());
  };
  const act = async () => {
    if (!(await task.run(renew))) return;
    setAsking(false);
    toast(t("access.renewed"));
  };
  const inRooms = () =>
    rooms()
      .flatMap((room) => props.view.clientsOf(room))
      .map(({ record }) => titleOf(record))
      .join(", ");
  return (
    <div class="entry-plain">
      <Button small kind="plain" icon={LinkIcon} onClick={() => setAsking(true)}>
        {t("access.renew")}
      </Button>
      <Confirm
        open={asking()}
        title={t("access.renewTitle", title())}
        text={t("access.renewText")}
        act={t("access.renewAct")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void act()}
        onClose={() => setAsking(false)}
      >
        <Show when={rooms().length > 0}>
          <p>
            <strong>{t("access.renewOpen", inRooms())}</strong>
          </p>
        </Show>
      </Confirm>
    </div>
  );
}
