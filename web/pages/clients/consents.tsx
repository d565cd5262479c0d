/** What a client answered to the practice's consent text, with version and time, and the words it was to; to be taken back here. */
import { createMemo, createSignal, For, Show } from "solid-js";
import type { ConsentAnswer } from "../../../wire/asked.ts";
import { hex } from "../../../wire/bytes.ts";
import { t } from "../../i18n/before.ts";
import { dayAndTime } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { type Client, settingsOf } from "../../vault/clients.ts";
import { answeredTexts, hashOfText, wordsByHash } from "../../vault/consent-texts.ts";
import { revokeConsents } from "../../vault/consents.ts";
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
  const words = createMemo(() => wordsByHash(props.view.state().records));
  const current = createMemo(() => hex(hashOfText(before().text)));
  const save = () => saveText(t("consents.fileName"), fileOf(props));
  return (
    <Show when={consents().length > 0 || before().text !== ""}>
      <Card title={t("consents.title")}>
        <Show when={consents().length > 0} fallback={<p class="quiet">{t("consents.none")}</p>}>
          <ul class="entry-facts" data-testid="consents">
            <For each={consents()}>
              {(answer) => (
                <li class="entry-fact consent">
                  <span>
                    {saidOf(answer)}
                    <Show when={hex(answer.hash) !== current()}>
                      <span class="quiet"> · {t("consents.old")}</span>
                    </Show>
                  </span>
                  <Words answer={answer} text={words().get(hex(answer.hash))} />
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

/** The text that an answer is to; one of before they were kept is not known. */
function Words(props: { answer: ConsentAnswer; text: string | undefined }) {
  const [open, setOpen] = createSignal(false);
  const { version } = props.answer;
  return (
    <Show when={props.text} fallback={<span class="quiet">{t("consents.lost")}</span>}>
      <Button
        small
        kind="plain"
        label={t("consents.readOf", saidOf(props.answer))}
        onClick={() => setOpen(true)}
      >
        {t("consents.read")}
      </Button>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title={t("consents.words", version)}
        text={saidOf(props.answer)}
      >
        <section class="consent-words" tabindex={0} aria-label={t("consents.words", version)}>
          {props.text}
        </section>
      </Dialog>
    </Show>
  );
}

/** All answers, then each text once. */
function fileOf({ client, view }: ConsentsProps): string {
  const { consents } = client.record;
  const said = consents.map((answer) => `${saidOf(answer)}\n${t("consents.hash", hex(answer.hash))}`);
  const texts = answeredTexts(view.state().records, consents).map(
    ({ version, hash, text }) =>
      `${t("consents.words", version)}\n${t("consents.hash", hash)}\n\n${text ?? t("consents.lost")}`,
  );
  return [t("consents.heading", titleOf(client.record)), ...said, ...texts, ""].join("\n\n");
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
