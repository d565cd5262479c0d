/** How good the line is, in one plain word, and whose sending is weak where it is; the same on both sides. */
import { Show } from "solid-js";
import type { Weak } from "../../call/conversation.ts";
import { t } from "../../i18n/line.ts";

/** `name`: the other, as this page calls them. */
export function QualityWords(props: { weak: Weak; name: string }) {
  const isWeak = () => props.weak.mine || props.weak.theirs;
  const words = () => {
    const { mine, theirs } = props.weak;
    if (mine && theirs) return t("weakBoth");
    if (mine) return t("weakMine");
    return theirs ? t("weakTheirs", props.name) : t("good");
  };
  return (
    <span
      class="room-line"
      classList={{ "room-line-good": !isWeak(), "room-line-look": isWeak() }}
      data-testid="quality"
      data-weak={isWeak() ? "" : undefined}
      role="status"
    >
      {words()}
    </span>
  );
}

/** On the picture: one of the two has stopped so that the sound stays. */
export function StillWords(props: { weak: Weak | null; name: string }) {
  return (
    <>
      <Show when={props.weak?.theirStill}>
        <p class="room-word" data-testid="their-still">
          {t("theirStill", props.name)}
        </p>
      </Show>
      <Show when={props.weak?.myStill}>
        <p class="room-word" data-testid="my-still">
          {t("myStill")}
        </p>
      </Show>
    </>
  );
}
