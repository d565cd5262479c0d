/** The whiteboard: everybody draws with mouse, finger or pen; what can be done without drawing is within reach of the keyboard. */
import Eraser from "lucide-solid/icons/eraser";
import Empty from "lucide-solid/icons/trash";
import Undo from "lucide-solid/icons/undo-2";
import { createSignal, For, Show } from "solid-js";
import type { Board, BoardState } from "../../../call/tools-board.ts";
import { t } from "../../../i18n/tools.ts";
import { IconButton } from "../../../ui/icon-button.tsx";
import { BoardSheet, type Pen } from "./board-sheet.tsx";

const COLOURS = ["light", "green", "red", "yellow"] as const;
const WIDTHS = ["thin", "middle", "thick"] as const;

type BoardProps = { board: Board; state: BoardState; onWipe?: () => void };

export function BoardTool(props: BoardProps) {
  const [pen, setPen] = createSignal<Pen>({ colour: 0, width: 1, erases: false });
  const take = (change: Partial<Pen>) => setPen({ ...pen(), erases: false, ...change });
  return (
    <>
      <div class="board-tools" role="toolbar" aria-label={t("board.tools")}>
        <For each={COLOURS}>
          {(colour, at) => (
            <button
              type="button"
              class={`board-pen board-colour board-${colour}`}
              aria-label={t(`board.colour.${colour}`)}
              title={t(`board.colour.${colour}`)}
              aria-pressed={!pen().erases && pen().colour === at()}
              onClick={() => take({ colour: at() })}
            />
          )}
        </For>
        <For each={WIDTHS}>
          {(width, at) => (
            <button
              type="button"
              class={`board-pen board-width board-${width}`}
              aria-label={t(`board.width.${width}`)}
              title={t(`board.width.${width}`)}
              aria-pressed={pen().width === at()}
              onClick={() => take({ width: at() })}
            />
          )}
        </For>
        <IconButton
          icon={Eraser}
          label={t("board.erase")}
          pressed={pen().erases}
          onClick={() => take({ erases: !pen().erases })}
        />
        <IconButton icon={Undo} label={t("board.undo")} onClick={() => props.board.undo()} />
        <Show when={props.onWipe}>
          {(wipe) => <IconButton icon={Empty} label={t("board.wipe")} onClick={() => wipe()()} />}
        </Show>
      </div>
      <BoardSheet board={props.board} state={props.state} pen={pen()} />
      <p class="tool-hint" role="status">
        {props.state.full ? t("board.full") : t("board.hint")}
      </p>
    </>
  );
}
