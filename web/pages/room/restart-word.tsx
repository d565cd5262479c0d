/** One calm line while the server is about to restart: that, by when, and what it means for whoever reads it. */
import { createMemo, Show } from "solid-js";
import type { Restart } from "../../call/socket.ts";
import { timeOfDay } from "../../i18n/format.ts";
import { t } from "../../i18n/restart.ts";
import { Banner } from "../../ui/banner.tsx";

/** `direct`, `relayed`: a call that is on; `alone`: a therapist in an empty room; `outside`: a client who waits. */
export type Whose = "direct" | "relayed" | "alone" | "outside";

/** A time so near says nothing. */
const SOON_MS = 60_000;

export function RestartWord(props: { restart: Restart | null; whose: Whose }) {
  const time = createMemo(() => {
    const left = (props.restart?.by ?? 0) - performance.now();
    return left > SOON_MS ? timeOfDay(Date.now() + left) : null;
  });
  return (
    <Show when={props.restart}>
      <div data-testid="restart" data-whose={props.whose}>
        <Banner tone="look">
          {`${time() === null ? t("now") : t("by", time() ?? "")} ${t(props.whose)}`}
        </Banner>
      </div>
    </Show>
  );
}
