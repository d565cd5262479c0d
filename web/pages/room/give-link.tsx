/** To the therapist: whoever came by code can have the permanent link now, inside the channel. */
import { createSignal, Show } from "solid-js";
import type { Visitor } from "../../call/desk-types.ts";
import { t } from "../../i18n/call.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";

export function GiveLink(props: { visitor: Visitor; onGive: () => void }) {
  const [away, setAway] = createSignal(false);
  return (
    <Show when={!away()}>
      <Show
        when={!props.visitor.hasLink}
        fallback={
          <Banner
            tone="good"
            act={
              <Button small onClick={() => setAway(true)}>
                {t("ownLink.close")}
              </Button>
            }
          >
            {t("ownLink.given")}
          </Banner>
        }
      >
        <Banner
          tone="look"
          title={t("ownLink.offerTitle", props.visitor.name)}
          act={
            <>
              <Button small kind="room" onClick={props.onGive}>
                {t("ownLink.give")}
              </Button>
              <Button small onClick={() => setAway(true)}>
                {t("ownLink.later")}
              </Button>
            </>
          }
        >
          {t("ownLink.offer")}
        </Banner>
      </Show>
    </Show>
  );
}
