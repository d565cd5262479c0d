/** The public layout with our own links and the language switch. */
import type { JSX } from "solid-js";
import { t } from "../i18n/app.ts";
import { chooseLanguage, language } from "../i18n/language.ts";
import { LanguageSwitch } from "../ui/language.tsx";
import { PublicPage } from "../ui/public-page.tsx";

export function Public(props: { kind: "wide" | "form" | "text"; act?: JSX.Element; children: JSX.Element }) {
  const links = () => [
    { href: "/plans", label: t("nav.plans") },
    { href: "/imprint", label: t("nav.imprint") },
    { href: "/privacy", label: t("nav.privacy") },
    { href: "/terms", label: t("nav.terms") },
  ];
  const Header = () => (
    <>
      {props.act}
      <LanguageSwitch value={language()} onChange={chooseLanguage} />
    </>
  );
  return (
    <PublicPage kind={props.kind} header={<Header />} links={links()}>
      {props.children}
    </PublicPage>
  );
}
