/** The private calendar on the profile: its secret address is made, shown once, renewed and removed here. */
import "./planned.css";
import { createResource, createSignal, Show } from "solid-js";
import { feedAddress, feedApi } from "../../api/calls.ts";
import { language } from "../../i18n/language.ts";
import { longDay } from "../../i18n/moments.ts";
import { t } from "../../i18n/planned.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { createTask } from "../task.ts";

export function FeedCard() {
  // without an answer it is offered as if there were none; making one says what is wrong
  const [since, { mutate }] = createResource(() => feedApi.since().catch(() => null));
  const [token, setToken] = createSignal<string | null>(null);
  const [asking, setAsking] = createSignal<"renew" | "remove" | null>(null);
  const task = createTask();
  const renew = async () => {
    const made = await feedApi.renew();
    setToken(made.token);
    mutate(made.since);
  };
  const remove = async () => {
    await feedApi.remove();
    setToken(null);
    mutate(null);
  };
  const act = async () => {
    if (await task.run(asking() === "remove" ? remove : renew)) setAsking(null);
  };
  return (
    <Card title={t("feed.title")}>
      <p>{t("feed.text")}</p>
      <Show when={token()}>{(secret) => <Address address={feedAddress(secret(), language())} />}</Show>
      <Show when={!token() && since()}>{(at) => <p class="quiet">{t("feed.since", longDay(at()))}</p>}</Show>
      <div class="profile-acts">
        <Show
          when={since() !== null}
          fallback={
            <Button busy={task.busy()} onClick={() => void task.run(renew)}>
              {t("feed.make")}
            </Button>
          }
        >
          <Button onClick={() => setAsking("renew")}>{t("feed.renew")}</Button>
          <Button onClick={() => setAsking("remove")}>{t("feed.remove")}</Button>
        </Show>
      </div>
      <Show when={asking() === null && task.error()}>
        <Banner tone="loss">{task.error()}</Banner>
      </Show>
      <Confirm
        open={asking() !== null}
        title={asking() === "remove" ? t("feed.removeTitle") : t("feed.renewTitle")}
        text={asking() === "remove" ? t("feed.removeText") : t("feed.renewText")}
        act={asking() === "remove" ? t("feed.remove") : t("feed.renew")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void act()}
        onClose={() => setAsking(null)}
      />
    </Card>
  );
}

/** Shown this once: the server keeps only a hash of it. */
function Address(props: { address: string }) {
  return (
    <div class="feed-address">
      <p class="field-label">{t("feed.shown")}</p>
      <p class="feed-address-text" translate="no" data-testid="feed-address">
        {props.address}
      </p>
      <p class="field-hint">{t("feed.once")}</p>
      <CopyButton small text={props.address} words={t("feed.copy")} />
    </div>
  );
}
