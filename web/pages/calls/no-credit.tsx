/** The way out where a call would cost points that are not there: more credit, or one client alone where that is free. */
import { createResource, Show } from "solid-js";
import { ledgerApi } from "../../api/ledger.ts";
import { t } from "../../i18n/ledger.ts";

/** `alone`: a call with one client would help, if it may start. */
export function NoCredit(props: { alone: boolean }) {
  // without an answer the hint is left out, nothing else
  const [account] = createResource(() => ledgerApi.account().catch(() => null));
  return (
    <p class="no-credit small">
      <a href="/plans">{t("refused.way")}</a>
      <Show when={props.alone && account.state === "ready" && account()?.mayStart.single}>
        <span class="quiet">{t("refused.alone")}</span>
      </Show>
    </p>
  );
}

/** In place of the way into a room. */
export function NotNow() {
  return (
    <div class="room-card-not" data-testid="no-credit">
      <p class="small">{t("refused.room")}</p>
      <NoCredit alone={false} />
    </div>
  );
}
