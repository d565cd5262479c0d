/** Sets an app up: a picture to scan or a key to type, and the code that shows that it worked. */
import "./totp-setup.css";
import { createResource, Show } from "solid-js";
import type { FactorTurned } from "../../../wire/factors.ts";
import { factorsApi } from "../../api/factors.ts";
import { sayError } from "../../i18n/errors.ts";
import { t } from "../../i18n/second-factor.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Form } from "../../ui/form.tsx";
import { Qr } from "../../ui/qr.tsx";
import { Loading } from "../loading.tsx";
import { createTask } from "../task.ts";
import { createTotp, TotpField } from "./totp-field.tsx";

type TotpSetupProps = { ticket: string; onTurned: (turned: FactorTurned) => void };

export function TotpSetup(props: TotpSetupProps) {
  const [draft] = createResource(() => factorsApi.draftTotp(props.ticket));
  const totp = createTotp();
  const task = createTask();
  const submit = () => {
    const digits = totp.digits();
    if (digits === null) return;
    void task.run(async () => props.onTurned(await factorsApi.turnTotpOn(props.ticket, digits)));
  };
  return (
    <Show when={!draft.error} fallback={<Banner tone="loss">{sayError(draft.error)}</Banner>}>
      <Show when={draft()} fallback={<Loading />}>
        {(made) => (
          <Form
            onSubmit={submit}
            error={task.error()}
            acts={
              <Button kind="main" type="submit" busy={task.busy()}>
                {t("totp.act")}
              </Button>
            }
          >
            <Key uri={made().uri} secret={made().secret} />
            <TotpField totp={totp} label={t("totp.code")} name="one-time-code" required />
          </Form>
        )}
      </Show>
    </Show>
  );
}

/** In groups of four, as keys are read out. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? secret;

function Key(props: { uri: string; secret: string }) {
  return (
    <div class="totp-key">
      <Qr text={props.uri} label={t("totp.qr")} />
      <p class="field-hint">{t("totp.byHand")}</p>
      <p class="totp-secret" translate="no" data-testid="totp-secret">
        {grouped(props.secret)}
      </p>
      <div class="totp-acts">
        <CopyButton small text={props.secret} />
        <a class="small" href={props.uri} rel="external">
          {t("totp.open")}
        </a>
      </div>
    </div>
  );
}
