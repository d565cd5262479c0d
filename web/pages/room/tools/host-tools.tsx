/** The therapist's tools that are open or about to be: what is closed here is closed for everybody. */
import "./tools.css";
import { Show } from "solid-js";
import type { BoardState } from "../../../call/tools-board.ts";
import type { HostTools, HostToolsState } from "../../../call/tools-host.ts";
import { t } from "../../../i18n/tools.ts";
import { Button } from "../../../ui/button.tsx";
import { BoardTool } from "./board.tsx";
import { BreathCircle, BreathStart } from "./breath.tsx";
import { ToolCard } from "./card.tsx";
import type { Draft } from "./host-place.tsx";
import { ScaleAnswers, ScaleAsk } from "./scale-ask.tsx";

type Props = {
  tools: HostTools;
  state: HostToolsState;
  board: BoardState;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  nameOf: (slot: number) => string;
};

export default function HostToolsPage(props: Props) {
  return (
    <div class="tools" data-testid="tools">
      <Show when={props.board.id !== null}>
        <ToolCard
          name={t("board.name")}
          away={t("close")}
          onAway={() => props.tools.closeBoard()}
          testId="tool-board"
          wide
        >
          <BoardTool board={props.tools.board} state={props.board} onWipe={() => props.tools.openBoard()} />
        </ToolCard>
      </Show>
      <BreathCard {...props} />
      <ScaleCard {...props} />
    </div>
  );
}

function BreathCard(props: Props) {
  const away = () => {
    props.onDraft(null);
    if (props.state.breath) props.tools.stopBreath();
  };
  return (
    <Show when={props.state.breath || props.draft === "breath"}>
      <ToolCard name={t("breath.name")} away={t("close")} onAway={away} testId="tool-breath">
        <Show when={props.state.breath} fallback={<BreathStart tools={props.tools} />}>
          {(breath) => (
            <>
              <BreathCircle breath={breath()} />
              <Button small onClick={away}>
                {t("breath.stop")}
              </Button>
            </>
          )}
        </Show>
      </ToolCard>
    </Show>
  );
}

function ScaleCard(props: Props) {
  const away = () => {
    props.onDraft(null);
    if (props.state.scale) props.tools.closeScale();
  };
  return (
    <Show when={props.state.scale || props.draft === "scale"}>
      <ToolCard name={t("scale.name")} away={t("close")} onAway={away} testId="tool-scale">
        <Show when={props.state.scale} fallback={<ScaleAsk tools={props.tools} />}>
          {(scale) => <ScaleAnswers tools={props.tools} scale={scale()} nameOf={props.nameOf} />}
        </Show>
      </ToolCard>
    </Show>
  );
}
