/** What a client answered to the practice's consent text, with version and time; to be taken back here. */
import { createSignal, For, Show } from "solid-js";
import type { ConsentAnswer } from "../../../wire/asked.ts";
import { hex, sameBytes } from "../../../wire/bytes.ts";
import { t } from "../../i18n/before.ts";
import { dayAndTime } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { type Client, settingsOf } from "../../vault/clients.ts";
import { hashOfText, revokeConsents } from "../../vault/consents.ts";
import { titleOf } from "../../vault/search.ts";
import { saveText } from "../account/save-text.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

type ConsentsProps = { client: Client; view: VaultView };

/** Shown where there is a text, or was. */
export function Consents(props: ConsentsProps) {
  const consents = () => props.client.record.consents;
  const before = () => settingsOf(props.view.state().records).before;
  const stands = () => consents().some(({ accepted, revokedAt }) => accepted && revokedAt === null);
  const isOld = ({ hash }: ConsentAnswer) => !sameBytes(hash, hashOfText(before().text));
  const save = () => {
    const { text } = before();
    const lines = consents().map((answer) => `${saidOf(answer)}\n${t("consents.hash", hex(answer.hash))}`);
    const current = consents().some((answer) => !isOld(answer)) ? [text] : [];
    const heading = t("consents.heading", titleOf(props.client.record));
    saveText(t("consents.fileName"), [heading, ...lines, ...current, ""].join("\n\n"));
  };
  return (
    <Show when={consents().length > 0 || before().text !== ""}>
      <Card title={t("consents.title")}>
        <Show when={consents().length > 0} fallback={<p class="quiet">{t("consents.none")}</p>}>
          <ul class="entry-facts" data-testid="consents">
            <For each={consents()}>
              {(answer) => (
                <li class="entry-fact">
                  <span>{saidOf(answer)}</span>
                  <Show when={isOld(answer)}>
                    <span class="quiet">{t("consents.old")}</span>
                  </Show>
                </li>
              )}
            </For>
          </ul>
          <div class="entry-plain">
            <Button small kind="plain" onClick={save}>
              {t("consents.save")}
            </Button>
            <Show when={stands()}>
              <Revoke {...props} />
            </Show>
          </div>
        </Show>
      </Card>
    </Show>
  );
}

function saidOf({ version, at, accepted, revokedAt }: ConsentAnswer): string {
  const said = t(accepted ? "consents.given" : "consents.declined", version, dayAndTime(at));
  return revokedAt === null ? said : `${said}, ${t("consents.revoked", dayAndTime(revokedAt))}`;
}

function Revoke(props: ConsentsProps) {
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const revoke = async () => {
    const done = await task.run(() => revokeConsents(props.view.vault, props.client.item, Date.now()));
    if (done) setAsking(false);
  };
  return (
    <>
      <Button small kind="plain" onClick={() => setAsking(true)}>
        {t("consents.revoke")}
      </Button>
      <Confirm
        open={asking()}
        title={t("consents.revokeTitle")}
        text={t("consents.revokeText")}
        act={t("consents.revoke")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void revoke()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
