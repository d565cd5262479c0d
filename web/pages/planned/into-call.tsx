/** Starts a call and goes into it at once; whatever stands in the way is said, with the next step. */
import { useNavigate } from "@solidjs/router";
import { onMount, Show } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import { t as ledger } from "../../i18n/ledger.ts";
import { t } from "../../i18n/planned.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Refused } from "../../vault/remote.ts";
import { QuietPage } from "../room/quiet-page.tsx";
import { createTask } from "../task.ts";

/** `start` throws `Refused`. `inOpen`: where the client is in an open room already, that one is entered. */
export function IntoCall(props: { start: () => Promise<{ room: RoomId }>; inOpen?: boolean }) {
  const navigate = useNavigate();
  const task = createTask();
  const enter = (room: string) => navigate(`/call/${room}`, { replace: true });
  const open = () => {
    const why = task.fault();
    return why instanceof Refused && why.code === "room.client-open" ? why.room : undefined;
  };
  const hasNoCredit = () => {
    const why = task.fault();
    return why instanceof Refused && why.code === "room.no-credit";
  };
  const go = async () => {
    const done = await task.run(async () => enter((await props.start()).room));
    const room = open();
    if (!done && props.inOpen && room) enter(room);
  };
  onMount(() => void go());
  return (
    <Show
      when={task.error()}
      fallback={<QuietPage title={t("going.title")} text="" code="going" busy={t("going.title")} />}
    >
      <QuietPage
        title={t("going.failedTitle")}
        text={task.error()}
        code="not-started"
        act={
          <>
            <Show when={open()}>
              {(room) => (
                <ButtonLink kind="main" href={`/call/${room()}`}>
                  {t("going.enter")}
                </ButtonLink>
              )}
            </Show>
            <Show when={hasNoCredit()}>
              <ButtonLink href="/plans">{ledger("refused.way")}</ButtonLink>
            </Show>
            <ButtonLink {...(open() ? {} : { kind: "main" as const })} href="/">
              {t("going.desk")}
            </ButtonLink>
          </>
        }
      />
    </Show>
  );
}
