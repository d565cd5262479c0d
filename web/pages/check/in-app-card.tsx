/** How one gets out of another app's window into a real browser: by its menu, by copying the link, or by another device. */
import "./check.css";
import Out from "lucide-solid/icons/external-link";
import { For } from "solid-js";
import type { InApp } from "../../call/in-app.ts";
import { t } from "../../i18n/check.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Qr } from "../../ui/qr.tsx";

const STEPS = ["menu", "choose", "paste"] as const;
const BROWSERS = { ios: "Safari", android: "Chrome" } as const;

export default function InAppCard(props: { inApp: InApp }) {
  const browser = () => BROWSERS[props.inApp.system];
  const title = () => {
    const { app } = props.inApp;
    return app === null ? t("inApp.titleNameless") : t("inApp.title", app);
  };
  return (
    <section class="in-app" data-testid="in-app" aria-label={title()}>
      <h2 class="in-app-title">
        <Icon of={Out} />
        {t("inApp.open", browser())}
      </h2>
      <p>
        {title()}. {t("inApp.text", browser())}
      </p>
      <ol>
        <For each={STEPS}>{(step) => <li>{t(`inApp.${props.inApp.system}.${step}`)}</li>}</For>
      </ol>
      <p class="in-app-link" data-testid="in-app-link">
        {location.href}
      </p>
      <CopyButton text={location.href} words={t("inApp.copy")} />
      <div class="in-app-other">
        <Qr text={location.href} label={t("inApp.qr")} />
        <p class="field-hint">{t("inApp.other")}</p>
      </div>
    </section>
  );
}
