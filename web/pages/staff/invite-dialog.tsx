/** Inviting somebody: a name for oneself, then the link, which is shown once. */
import "./staff.css";
import Mail from "lucide-solid/icons/mail";
import Share from "lucide-solid/icons/share-2";
import { createEffect, createSignal, on, Show } from "solid-js";
import { staffApi } from "../../api/team.ts";
import { t } from "../../i18n/staff.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { NAME_TYPED_MAX } from "../../vault/records.ts";
import { invite } from "../../vault/team.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

type InviteProps = { view: VaultView; open: boolean; onClose: () => void };

export function InviteDialog(props: InviteProps) {
  const [name, setName] = createSignal("");
  const [link, setLink] = createSignal<string | null>(null);
  const task = createTask();
  const begin = () => {
    setName("");
    setLink(null);
    task.clear();
  };
  createEffect(
    on(
      () => props.open,
      (open) => open && begin(),
    ),
  );
  const make = () =>
    task.run(async () => {
      const about = { name: name().trim(), origin: location.origin, now: Date.now() };
      setLink(await invite(props.view.vault, staffApi, about));
    });
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={link() ? t("invite.ready") : t("invite.title")}
      text={link() ? t("invite.once") : t("invite.text")}
    >
      <Show
        when={link()}
        fallback={
          <Form
            onSubmit={() => void make()}
            error={task.error()}
            acts={
              <Button kind="main" type="submit" busy={task.busy()}>
                {t("invite.act")}
              </Button>
            }
          >
            <Field
              label={t("invite.name")}
              hint={t("invite.nameHint")}
              optional
              autofocus
              maxLength={NAME_TYPED_MAX}
              value={name()}
              onInput={setName}
            />
          </Form>
        }
      >
        {(made) => <Made link={made()} onDone={props.onClose} />}
      </Show>
    </Dialog>
  );
}

function Made(props: { link: string; onDone: () => void }) {
  const canShare = typeof navigator.share === "function";
  // Dismissing the sheet of the system is no error.
  const share = () =>
    void navigator.share({ text: t("invite.body"), url: props.link }).catch(() => undefined);
  return (
    <div class="team-link">
      <p class="team-link-text" translate="no" data-testid="invitation">
        {props.link}
      </p>
      <div class="team-link-acts">
        <CopyButton small text={props.link} words={t("invite.copy")} />
        <Show when={canShare}>
          <Button small icon={Share} onClick={share}>
            {t("invite.share")}
          </Button>
        </Show>
        <ButtonLink small icon={Mail} href={mailto(props.link)}>
          {t("invite.mail")}
        </ButtonLink>
      </div>
      <div class="form-acts">
        <Button kind="room" onClick={props.onDone}>
          {t("invite.done")}
        </Button>
      </div>
    </div>
  );
}

/** A mail that is only begun: the therapist's own program sends it. Its words name no practice, no illness and nobody (R-A5). */
function mailto(link: string): string {
  const body = `${t("invite.body")}\n\n${link}\n`;
  return `mailto:?subject=${encodeURIComponent(t("invite.subject"))}&body=${encodeURIComponent(body)}`;
}
