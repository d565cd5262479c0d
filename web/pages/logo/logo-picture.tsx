/** The picture of a practice's logo: one pixel of it is one of the page, and never more. */
import { t } from "../../i18n/logo.ts";
import type { ShownLogo } from "./practice-logo.ts";

export function LogoPicture(props: { shown: ShownLogo; onBroken: () => void }) {
  const { name, locale } = props.shown;
  return (
    <img
      class="logo-picture"
      src={props.shown.url}
      alt={name === null ? t("alt") : t("named", name)}
      lang={name === null ? undefined : locale}
      decoding="async"
      draggable={false}
      onError={() => props.onBroken()}
    />
  );
}
