/** "Praxissoftware" on the profile: which programs have access, what each may do, giving and revoking it. */
import "./software.css";
import { createResource, createSignal, For, Show } from "solid-js";
import type { ApiToken } from "../../../wire/api.ts";
import { tokensApi } from "../../api/software.ts";
import { sayError } from "../../i18n/errors.ts";
import { ago, dayAndTime } from "../../i18n/format.ts";
import { t } from "../../i18n/software.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { toast } from "../../ui/toast.tsx";
import { dropPairing } from "../../vault/pairings.ts";
import { Loading } from "../loading.tsx";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { AccessDialog } from "./access-dialog.tsx";

export function AccessCard(props: { view: VaultView }) {
  const [tokens, { refetch }] = createResource(() => tokensApi.list());
  const [isMaking, setMaking] = createSignal(false);
  const again = () => void refetch();
  return (
    <Card title={t("title")}>
      <p>
        {t("text")} <a href="/developers">{t("docs")}</a>
      </p>
      <Show when={!tokens.error} fallback={<Banner tone="look">{sayError(tokens.error)}</Banner>}>
        <Show when={tokens.latest} fallback={<Loading />}>
          {(all) => (
            <Show when={all().length > 0} fallback={<p class="quiet">{t("empty")}</p>}>
              <ul class="accesses" data-testid="accesses">
                <For each={all()}>{(token) => <Row token={token} view={props.view} onEnd={again} />}</For>
              </ul>
            </Show>
          )}
        </Show>
      </Show>
      <div class="profile-acts">
        <Button onClick={() => setMaking(true)}>{t("make")}</Button>
      </div>
      <AccessDialog view={props.view} open={isMaking()} onMade={again} onClose={() => setMaking(false)} />
    </Card>
  );
}

function Row(props: { token: ApiToken; view: VaultView; onEnd: () => void }) {
  const [isAsking, setAsking] = createSignal(false);
  const task = createTask();
  const revoke = async () => {
    const { id } = props.token;
    if (!(await task.run(() => tokensApi.revoke(id)))) return;
    // unsaved, it is forgotten here and tried again; the server takes nothing with this token any more
    await dropPairing(props.view.vault, id).catch(() => undefined);
    setAsking(false);
    toast(t("revoked"));
    props.onEnd();
  };
  const used = () => {
    const { lastUsedAt } = props.token;
    return lastUsedAt === null ? t("unused") : t("used", ago(lastUsedAt, Date.now()));
  };
  return (
    <li class="access">
      <div class="access-words">
        <strong>{props.token.label}</strong>
        <p>
          {t("may")} {props.token.scopes.map((scope) => t(`scope.${scope}`)).join(" · ")}
        </p>
        <p class="field-hint">
          {used()} · {t("since", dayAndTime(props.token.createdAt))}
        </p>
      </div>
      <Button small label={t("revokeOf", props.token.label)} onClick={() => setAsking(true)}>
        {t("revoke")}
      </Button>
      <Confirm
        open={isAsking()}
        title={t("revokeTitle")}
        text={t("revokeText")}
        act={t("revoke")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void revoke()}
        onClose={() => setAsking(false)}
      />
    </li>
  );
}
