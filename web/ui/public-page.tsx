/** The layout of pages that need no login: header, content, footer with the legal pages. */
import "./public-page.css";
import { For, type JSX } from "solid-js";
import { t } from "../i18n/common.ts";
import { Logo } from "./logo.tsx";

type PublicPageProps = {
  /** Right side of the header. */
  header: JSX.Element;
  links: readonly { href: string; label: string }[];
  /** wide = the start page; form = one narrow card; text = a page to read. */
  kind: "wide" | "form" | "text";
  children: JSX.Element;
};

export function PublicPage(props: PublicPageProps) {
  return (
    <div class="public">
      <a class="skip visually-hidden" href="#content">
        {t("skip")}
      </a>
      <header class="public-head">
        <Logo href="/" />
        <div class="public-acts">{props.header}</div>
      </header>
      <main id="content" class={`public-main public-${props.kind}`}>
        {props.children}
      </main>
      <footer class="public-foot">
        <nav aria-label={t("product")}>
          <For each={props.links}>{(link) => <a href={link.href}>{link.label}</a>}</For>
        </nav>
      </footer>
    </div>
  );
}
