/** Pressed, and waiting: calm words for what is being waited for; it goes on by itself. */
import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { ClientState } from "../call/client-types.ts";
import type { Restart } from "../call/socket.ts";
import { t } from "../i18n/call.ts";
import { Banner } from "../ui/banner.tsx";
import { PracticeLines } from "./logo/practice-lines.tsx";
import { PlannedAt } from "./planned-at.tsx";
import { QuietPage } from "./room/quiet-page.tsx";
import { RestartWord } from "./room/restart-word.tsx";

/** Higher: the page says "checking" while nobody answers. Lower: a slow line is told so for nothing. */
const QUIET_MS = 10_000;

export function ClientWait(props: {
  state: ClientState;
  away: boolean;
  restart: Restart | null;
  act: JSX.Element;
}) {
  const what = () => {
    const { stage, door } = props.state;
    if (stage.at === "proving" || stage.at === "waiting") return stage.at;
    return door === "open" ? "host" : "door";
  };
  const text = () => {
    if (props.state.note) return t(`noteThen.${props.state.note}`);
    // "in a moment" would be wrong
    return props.restart && what() === "waiting" ? "" : t(`wait.${what()}`);
  };
  const [unanswered, setUnanswered] = createSignal(false);
  createEffect(() => {
    setUnanswered(false);
    if (what() !== "proving") return;
    const timer = setTimeout(() => setUnanswered(true), QUIET_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <QuietPage
      title={
        what() === "door" && props.state.planned !== null ? t("planned.waitTitle") : t(`wait.${what()}Title`)
      }
      text={text()}
      code={what()}
      busy={t(`wait.${what()}Title`)}
      act={props.act}
      extra={
        <>
          <PlannedAt at={props.state.planned} />
          <Show when={props.state.note}>
            {(note) => (
              <div data-testid="note">
                <Banner tone="good" title={t("noteTitle")}>
                  {t(`noteHeard.${note()}`)}
                </Banner>
              </div>
            )}
          </Show>
          <RestartWord restart={props.restart} whose="outside" />
          <Show when={props.away && props.restart === null}>
            <Banner tone="look">{t("wait.away")}</Banner>
          </Show>
          <Show when={unanswered() && !props.state.unproven}>
            <Banner tone="look">{t("wait.unanswered")}</Banner>
          </Show>
          <Show when={props.state.unproven}>
            <Banner tone="loss">{t("wait.unproven")}</Banner>
          </Show>
          <PracticeLines />
        </>
      }
    />
  );
}
