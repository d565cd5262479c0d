/** What another device did to an entry while somebody types here. */
import { Match, Switch } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Banner } from "../../ui/banner.tsx";

/** `merged`: saved, and both texts are there. `lost`: this text did not fit beside the other one, and is not saved. */
export type Clash = "merged" | "lost" | null;

export function Stale(props: { clash: Clash; stale: boolean; deleted: boolean }) {
  return (
    <Switch>
      <Match when={props.deleted}>
        <Banner tone="look" title={t("edit.deletedTitle")}>
          {t("edit.deleted")}
        </Banner>
      </Match>
      <Match when={props.clash === "lost"}>
        <Banner tone="loss" title={t("edit.noRoomTitle")}>
          {t("edit.noRoom")}
        </Banner>
      </Match>
      <Match when={props.stale}>
        <Banner tone="look" title={t("edit.elsewhereTitle")}>
          {t("edit.elsewhere")}
        </Banner>
      </Match>
      <Match when={props.clash === "merged"}>
        <Banner tone="look" title={t("edit.mergedTitle")}>
          {t("edit.merged")}
        </Banner>
      </Match>
    </Switch>
  );
}
