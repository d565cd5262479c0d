/** The browsers that are logged in, and how to end them. */
import { createResource, For, Show } from "solid-js";
import { sessionsApi } from "../../api/account.ts";
import { t } from "../../i18n/app.ts";
import { sayError } from "../../i18n/errors.ts";
import { ago, dayAndTime } from "../../i18n/format.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { toast } from "../../ui/toast.tsx";
import type { SessionRow } from "../../vault/remote.ts";
import { Loading } from "../loading.tsx";
import { createTask } from "../task.ts";

export function Sessions() {
  const [sessions, { refetch }] = createResource(() => sessionsApi.list());
  // The one in use first, then the one seen last.
  const sorted = () =>
    [...(sessions.latest ?? [])].sort(
      (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt,
    );
  const again = async () => void (await refetch());
  return (
    <Card title={t("profile.sessions")}>
      <Show when={!sessions.error} fallback={<Banner tone="look">{sayError(sessions.error)}</Banner>}>
        <Show when={sessions.latest} fallback={<Loading />}>
          <ul class="profile-sessions">
            <For each={sorted()}>{(session) => <Row session={session} onEnd={again} />}</For>
          </ul>
        </Show>
      </Show>
    </Card>
  );
}

function Row(props: { session: SessionRow; onEnd: () => Promise<void> }) {
  const task = createTask();
  const agent = () => props.session.agent || t("profile.unknownAgent");
  const end = async () => {
    if (!(await task.run(() => sessionsApi.end(props.session.id)))) return;
    toast(t("profile.ended"));
    await props.onEnd();
  };
  const since = () => t("profile.since", dayAndTime(props.session.createdAt));
  const seen = () =>
    props.session.current ? t("profile.here") : t("profile.seen", ago(props.session.lastSeenAt, Date.now()));
  return (
    <li class="profile-session">
      <div>
        <strong>{agent()}</strong>
        <p class="field-hint">
          {seen()} · {since()}
        </p>
        <Show when={task.error()}>
          <p class="field-error" role="alert">
            {task.error()}
          </p>
        </Show>
      </div>
      <Show when={!props.session.current}>
        <Button small busy={task.busy()} label={t("profile.endLabel", agent())} onClick={() => void end()}>
          {t("profile.end")}
        </Button>
      </Show>
    </li>
  );
}
