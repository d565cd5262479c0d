/** The start page for whoever is not logged in: what this is, in one sentence, and the one thing to do. */
import "./start.css";
import Ban from "lucide-solid/icons/ban";
import Infinite from "lucide-solid/icons/link";
import Lock from "lucide-solid/icons/lock-keyhole";
import { Show } from "solid-js";
import { t } from "../i18n/app.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Icon, type IconOf } from "../ui/icon.tsx";
import { RoomPicture } from "../ui/room-picture.tsx";
import { PageTitle } from "../ui/title.tsx";
import { Public } from "./public.tsx";

export default function StartPage() {
  // Where the deleted account's last page leads to.
  const deleted = new URLSearchParams(location.search).has("deleted");
  return (
    <Public
      kind="wide"
      act={
        <ButtonLink href="/login" kind="plain">
          {t("nav.login")}
        </ButtonLink>
      }
    >
      <Show when={deleted}>
        <Banner tone="good">{t("profile.removed")}</Banner>
      </Show>
      <div class="start">
        <div class="start-words">
          <PageTitle text={t("start.title")} />
          <p class="start-lead">{t("start.lead")}</p>
          <ButtonLink href="/register" kind="main">
            {t("nav.register")}
          </ButtonLink>
          <ButtonLink href="/connect" kind="plain" leaves>
            {t("start.code")}
          </ButtonLink>
          <ButtonLink href="/check" kind="plain" small leaves>
            {t("start.check")}
          </ButtonLink>
        </div>
        <div class="start-picture">
          <RoomPicture />
        </div>
        <ul class="start-points">
          <Point icon={Infinite} title={t("start.one.title")} text={t("start.one.text")} />
          <Point icon={Lock} title={t("start.two.title")} text={t("start.two.text")} />
          <Point icon={Ban} title={t("start.three.title")} text={t("start.three.text")} />
        </ul>
      </div>
    </Public>
  );
}

function Point(props: { icon: IconOf; title: string; text: string }) {
  return (
    <li class="start-point">
      <Icon of={props.icon} size={22} />
      <div>
        <h2 class="start-point-title">{props.title}</h2>
        <p class="quiet">{props.text}</p>
      </div>
    </li>
  );
}
