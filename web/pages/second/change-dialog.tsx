/** The dialog of one change: password, the change itself, and the spare codes where some were made. */
import { createEffect, createSignal, Match, on, Switch } from "solid-js";
import type { FactorTurned } from "../../../wire/factors.ts";
import type { UserName } from "../../../wire/names.ts";
import { factorsApi } from "../../api/factors.ts";
import { t } from "../../i18n/second-factor.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { createTask } from "../task.ts";
import type { Change, Step } from "./change.ts";
import { PasskeySetup } from "./passkey-setup.tsx";
import { Prove } from "./prove.tsx";
import { SpareSheet } from "./spare-sheet.tsx";
import { TotpSetup } from "./totp-setup.tsx";

type ChangeDialogProps = {
  user: UserName;
  /** Null: the dialog is closed. */
  change: Change | null;
  onClose: () => void;
  /** Something is different now. */
  onChanged: () => void;
};

export function ChangeDialog(props: ChangeDialogProps) {
  const [step, setStep] = createSignal<Step>({ kind: "prove" });
  createEffect(
    on(
      () => props.change,
      () => setStep({ kind: "prove" }),
    ),
  );
  const finish = (said: string, { spares }: FactorTurned = { spares: null }) => {
    props.onChanged();
    toast(said);
    if (spares === null) props.onClose();
    else setStep({ kind: "spares", codes: spares });
  };
  const codes = () => {
    const now = step();
    return now.kind === "spares" ? now.codes : null;
  };
  const ticket = () => {
    const now = step();
    return now.kind === "change" ? now.ticket : null;
  };
  return (
    <Dialog
      open={props.change !== null}
      onClose={props.onClose}
      title={codes() ? t("spares.title") : titleOf(props.change)}
      text={codes() ? undefined : textOf(props.change, step())}
    >
      <Switch
        fallback={
          <Prove user={props.user} onProved={(given) => setStep({ kind: "change", ticket: given })} />
        }
      >
        <Match when={codes()}>
          {(shown) => <SpareSheet user={props.user} codes={shown()} onDone={props.onClose} />}
        </Match>
        <Match when={ticket()} keyed>
          {(given) => <Changing change={props.change} ticket={given} onDone={finish} />}
        </Match>
      </Switch>
    </Dialog>
  );
}

type ChangingProps = {
  change: Change | null;
  ticket: string;
  onDone: (said: string, turned?: FactorTurned) => void;
};

function Changing(props: ChangingProps) {
  const kind = () => props.change?.kind;
  return (
    <Switch fallback={<Sure {...props} />}>
      <Match when={kind() === "totp"}>
        <TotpSetup ticket={props.ticket} onTurned={(turned) => props.onDone(t("totp.done"), turned)} />
      </Match>
      <Match when={kind() === "passkey"}>
        <PasskeySetup ticket={props.ticket} onTurned={(turned) => props.onDone(t("passkey.done"), turned)} />
      </Match>
    </Switch>
  );
}

/** What takes something away is done with one more press. */
function Sure(props: ChangingProps) {
  const task = createTask();
  const isRenewal = () => props.change?.kind === "renew";
  const act = () =>
    task.run(async () => {
      const { change, ticket } = props;
      if (change?.kind === "renew")
        return props.onDone(t("spares.title"), await factorsApi.renewSpares(ticket));
      if (change?.kind === "remove-totp") await factorsApi.turnTotpOff(ticket);
      if (change?.kind === "remove-passkey") await factorsApi.removePasskey(ticket, change.id);
      props.onDone(t("remove.done"));
    });
  return (
    <Form
      onSubmit={() => void act()}
      error={task.error()}
      acts={
        <Button kind={isRenewal() ? "main" : "danger"} type="submit" busy={task.busy()}>
          {isRenewal() ? t("spares.renewAct") : t("remove.act")}
        </Button>
      }
    >
      <p>{sureText(props.change)}</p>
    </Form>
  );
}

function titleOf(change: Change | null): string {
  switch (change?.kind) {
    case "totp":
      return t("totp.title");
    case "passkey":
      return t("passkey.title");
    case "renew":
      return t("spares.renewTitle");
    default:
      return t("remove.title");
  }
}

/** What the dialog says first; what takes something away says it beside the button. */
function textOf(change: Change | null, step: Step): string {
  if (step.kind === "prove") return t("prove.text");
  if (change?.kind === "totp") return t("totp.text");
  return change?.kind === "passkey" ? t("passkey.text") : "";
}

function sureText(change: Change | null): string {
  if (change === null || !("name" in change)) return t("spares.renewText");
  return `${t("remove.text", change.name)} ${change.last ? t("remove.last") : t("remove.more")}`;
}
