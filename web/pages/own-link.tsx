/** To the client: the permanent link that was just handed over. A link of another place is not shown. */
import { createSignal, Show } from "solid-js";
import { t } from "../i18n/call.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy.tsx";

export function OwnLink(props: { link: string | null }) {
  const [away, setAway] = createSignal(false);
  const own = () => (props.link?.startsWith(`${location.origin}/j#`) && !away() ? props.link : null);
  return (
    <Show when={own()}>
      {(link) => (
        <Banner
          tone="good"
          title={t("ownLink.title")}
          act={
            <>
              <CopyButton small kind="room" text={link()} words={t("ownLink.copy")} />
              <Button small onClick={() => setAway(true)}>
                {t("ownLink.close")}
              </Button>
            </>
          }
        >
          <p>{t("ownLink.text")}</p>
          <a class="own-link" href={link()} data-testid="own-link" translate="no">
            {link()}
          </a>
        </Banner>
      )}
    </Show>
  );
}
