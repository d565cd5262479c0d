/** One person, or one open invitation, in the list of practice staff. */
import { createSignal, type JSX, Show } from "solid-js";
import type { InvitationId } from "../../../wire/ids.ts";
import { INVITATION_MS } from "../../../wire/staff.ts";
import { staffApi } from "../../api/team.ts";
import { dayOf } from "../../i18n/format.ts";
import { t } from "../../i18n/staff.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { toast } from "../../ui/toast.tsx";
import { clientsIn } from "../../vault/staff-record.ts";
import { dismiss, type Person, staffOf, type Team } from "../../vault/team.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

type RowProps = { view: VaultView; onEnd: () => Promise<void> };

/** What the therapist calls this person, and how many clients are shared; undefined where the key is lost. */
function recordOf(view: VaultView, invitation: InvitationId) {
  const record = staffOf(view.state().records, invitation)?.record;
  return record && { name: record.name, count: clientsIn(record).length };
}

export function PersonRow(props: RowProps & { person: Person }) {
  const record = () => recordOf(props.view, props.person.invitation);
  const who = () => record()?.name || props.person.user;
  const shared = () => {
    const count = record()?.count ?? 0;
    return count === 0 ? t("team.nothing") : t("team.shared", count);
  };
  return (
    <Row>
      <div class="team-one-words">
        <strong>{who()}</strong>
        <p class="field-hint">{t("team.since", props.person.user, dayOf(props.person.since))}</p>
        <p class="field-hint">{record() ? shared() : t("team.lost")}</p>
      </div>
      <div class="team-one-acts">
        <Show when={record()}>
          <Choose invitation={props.person.invitation} who={who()} />
        </Show>
        <End
          {...props}
          invitation={props.person.invitation}
          act={t("team.end")}
          label={t("team.endLabel", who())}
          title={t("team.endTitle", who())}
          text={t("team.endText")}
        />
      </div>
    </Row>
  );
}

export function InvitedRow(props: RowProps & { invited: Team["invitations"][number] }) {
  const record = () => recordOf(props.view, props.invited.invitation);
  const who = () => record()?.name || t("team.nameless");
  return (
    <Row>
      <div class="team-one-words">
        <strong>{who()}</strong>
        <p class="field-hint">{t("team.invited", dayOf(props.invited.createdAt + INVITATION_MS))}</p>
      </div>
      <div class="team-one-acts">
        <Show when={record()}>
          <Choose invitation={props.invited.invitation} who={who()} />
        </Show>
        <End
          {...props}
          invitation={props.invited.invitation}
          act={t("team.takeBack")}
          label={t("team.takeBackLabel", who())}
          title={t("team.takeBackTitle")}
          text={t("team.takeBackText")}
        />
      </div>
    </Row>
  );
}

function Row(props: { children: JSX.Element }) {
  return (
    <li class="team-one" data-testid="team-one">
      {props.children}
    </li>
  );
}

function Choose(props: { invitation: InvitationId; who: string }) {
  return (
    <ButtonLink small href={`/profile/staff/${props.invitation}`} label={t("team.chooseLabel", props.who)}>
      {t("team.choose")}
    </ButtonLink>
  );
}

type EndProps = RowProps & {
  invitation: InvitationId;
  act: string;
  label: string;
  title: string;
  text: string;
};

function End(props: EndProps) {
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const end = async () => {
    if (!(await task.run(() => dismiss(props.view.vault, staffApi, props.invitation)))) return;
    setAsking(false);
    toast(t("team.ended"));
    await props.onEnd();
  };
  return (
    <>
      <Button small label={props.label} onClick={() => setAsking(true)}>
        {props.act}
      </Button>
      <Confirm
        open={asking()}
        title={props.title}
        text={props.text}
        act={props.act}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void end()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
