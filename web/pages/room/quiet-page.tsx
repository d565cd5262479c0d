/** A page with one thought: what happened, what still works, what to do now. */
import "./quiet-page.css";
import { type JSX, Show } from "solid-js";
import { chooseLanguage, language } from "../../i18n/language.ts";
import { LanguageSwitch } from "../../ui/language.tsx";
import { Mark } from "../../ui/logo.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { HeadLogo } from "../logo/head-logo.tsx";

type QuietPageProps = {
  title: string;
  text: JSX.Element;
  /** Stable word for support and tests. */
  code: string;
  /** Something is on its way. */
  busy?: string | undefined;
  act?: JSX.Element;
  extra?: JSX.Element;
};

export function QuietPage(props: QuietPageProps) {
  return (
    <div class="quiet-page">
      <header class="quiet-head">
        <HeadLogo />
        <LanguageSwitch value={language()} onChange={chooseLanguage} />
      </header>
      <main class="quiet-main" data-testid="quiet" data-code={props.code}>
        <Show when={props.busy} fallback={<Mark size={44} />}>
          {(label) => <Spinner label={label()} />}
        </Show>
        <h1 tabindex={-1}>{props.title}</h1>
        <p role="status">{props.text}</p>
        {props.extra}
        <Show when={props.act}>
          <div class="quiet-acts">{props.act}</div>
        </Show>
      </main>
    </div>
  );
}
