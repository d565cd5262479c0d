/** How a client comes in without the link: the two codes, an honest word about a short one, and a generated one in its place. */
import Key from "lucide-solid/icons/key-round";
import { createSignal, Show } from "solid-js";
import { codeStrength } from "../../../wasm/code.ts";
import { t } from "../../i18n/app.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import type { Client } from "../../vault/clients.ts";
import { codeOf, generateCode, shownCode } from "../../vault/codes.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

type CodeRowProps = { client: Client; view: VaultView };

export function CodeRow(props: CodeRowProps) {
  const user = () => props.view.vault.owner.account;
  const code = () => shownCode(props.client.record);
  const isShort = () => codeStrength(codeOf(props.client.record)) === "short";
  return (
    <div class="code-row" data-testid="codes">
      <p class="code-row-words">
        <span class="quiet">{t("code.without")}</span> {t("code.user")}{" "}
        <strong translate="no" data-testid="user-code">
          {user()}
        </strong>{" "}
        · {t("code.code")}{" "}
        <strong translate="no" data-testid="access-code">
          {code()}
        </strong>
      </p>
      <Show when={isShort()}>
        <p class="small quiet">{t("code.short")}</p>
      </Show>
      <div class="link-row-acts">
        <CopyButton
          small
          text={t("code.text", `${location.origin}/connect`, user(), code())}
          words={t("code.copy")}
        />
        <MakeCode {...props} />
      </div>
    </div>
  );
}

/** The code so far lets nobody in any more, so it asks first. */
function MakeCode(props: CodeRowProps) {
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const id = () => props.client.record.id;
  const make = async () => {
    if (await task.run(() => generateCode(props.view.vault, props.client.item))) setAsking(false);
  };
  return (
    <>
      <Button small icon={Key} label={t("code.makeLabel", id())} onClick={() => setAsking(true)}>
        {t("code.make")}
      </Button>
      <Confirm
        open={asking()}
        title={t("code.makeTitle", id())}
        text={t("code.makeText")}
        act={t("code.make")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void make()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
