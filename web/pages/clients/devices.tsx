/** The devices of a client that were in a call, where there are any, and forgetting them where one was lost. */
import { createSignal, For, Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { dayOf } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import type { Client } from "../../vault/clients.ts";
import { forgetDevices } from "../../vault/entries.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

type DevicesProps = { client: Client; view: VaultView };

export function Devices(props: DevicesProps) {
  const devices = () => [...props.client.record.devices].sort((a, b) => b.since - a.since);
  return (
    <Show when={devices().length > 0}>
      <Card title={t("devices.title")}>
        <ul class="entry-facts" data-testid="devices">
          <For each={devices()}>
            {(device) => (
              <li class="entry-fact">
                <span>{t("devices.since", dayOf(device.since))}</span>
                <Show when={device.compared}>
                  <span class="quiet">{t("devices.compared")}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Forget {...props} />
      </Card>
    </Show>
  );
}

function Forget(props: DevicesProps) {
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const forget = async () => {
    if (await task.run(() => forgetDevices(props.view.vault, props.client.item))) setAsking(false);
  };
  return (
    <div class="entry-plain">
      <Button small kind="plain" onClick={() => setAsking(true)}>
        {t("devices.forget")}
      </Button>
      <Confirm
        open={asking()}
        title={t("devices.forgetTitle")}
        text={t("devices.forgetText")}
        act={t("devices.forget")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void forget()}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
