/** What the therapist has opened, on a client's page: each can be hidden here and shown again. */
import "./tools.css";
import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { BoardState } from "../../../call/tools-board.ts";
import type { MemberTools, MemberToolsState } from "../../../call/tools-member.ts";
import { t } from "../../../i18n/tools.ts";
import { Button } from "../../../ui/button.tsx";
import { BoardTool } from "./board.tsx";
import { BreathCircle } from "./breath.tsx";
import { ToolCard } from "./card.tsx";
import { ScaleAnswer } from "./scale-answer.tsx";

type Props = { tools: MemberTools; state: MemberToolsState; board: BoardState };

export default function MemberToolsPage(props: Props) {
  return (
    <div class="tools" data-testid="tools">
      <Said {...props} />
      <Show when={props.board.id !== null}>
        <Hideable name={t("board.name")} testId="tool-board" wide>
          <BoardTool board={props.tools.board} state={props.board} />
        </Hideable>
      </Show>
      <Show when={props.state.breath}>
        {(breath) => (
          <Hideable name={t("breath.name")} testId="tool-breath">
            <BreathCircle breath={breath()} />
          </Hideable>
        )}
      </Show>
      <Show when={props.state.scale?.id} keyed>
        {(_) => (
          <Hideable name={t("scale.name")} testId="tool-scale">
            <Show when={props.state.scale}>
              {(scale) => <ScaleAnswer scale={scale()} onAnswer={(value) => props.tools.answer(value)} />}
            </Show>
          </Hideable>
        )}
      </Show>
    </div>
  );
}

/** A screen reader says only what comes into a place that was there before. */
const SAID_MS = 300;

/** What is open, to those who do not see it. */
function Said(props: Props) {
  const [said, setSaid] = createSignal("");
  createEffect(() => {
    const open = [
      props.board.id === null ? [] : t("board.name"),
      props.state.breath ? t("breath.name") : [],
      props.state.scale ? t("scale.name") : [],
    ].flat();
    const timer = setTimeout(() => setSaid(open.join(", ")), SAID_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <p class="visually-hidden" role="status">
      {said()}
    </p>
  );
}

function Hideable(props: { name: string; testId: string; wide?: boolean; children: JSX.Element }) {
  const [isHidden, setHidden] = createSignal(false);
  return (
    <Show
      when={!isHidden()}
      fallback={
        <Button small onClick={() => setHidden(false)}>
          {t("show", props.name)}
        </Button>
      }
    >
      <ToolCard
        name={props.name}
        away={t("hide")}
        onAway={() => setHidden(true)}
        wide={props.wide === true}
        testId={props.testId}
      >
        {props.children}
      </ToolCard>
    </Show>
  );
}
