/** Where a client sees the therapist's tools; they are fetched when the first one is opened. */
import { lazy, Show, Suspense } from "solid-js";
import type { MemberTools } from "../../../call/tools-member.ts";
import { fetched } from "../../../fetched.ts";
import { Whole } from "../../../ui/whole.tsx";
import { watched } from "../watched.ts";

const Page = lazy(() => fetched(() => import("./member-tools.tsx")));

export function MemberPlace(props: { tools: MemberTools }) {
  const { tools } = props;
  const state = watched(tools.state);
  const board = watched(tools.board.state);
  return (
    <Show when={state().scale || state().breath || board().id !== null}>
      <Whole place="tools">
        <Suspense>
          <Page tools={tools} state={state()} board={board()} />
        </Suspense>
      </Whole>
    </Show>
  );
}
