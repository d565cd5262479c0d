/** Imprint, privacy and terms: readable without login, in both languages; who runs the server stands in its configuration. */
import "./legal.css";
import { createResource, For, Show } from "solid-js";
import { type Operator, readOperator } from "../api/operator.ts";
import { legal as de } from "../i18n/de/legal.ts";
import { legal as en } from "../i18n/en/legal.ts";
import { language } from "../i18n/language.ts";
import { PageTitle } from "../ui/title.tsx";
import { Public } from "./public.tsx";

type LegalPageProps = { page: "imprint" | "privacy" | "terms" };

export default function LegalPage(props: LegalPageProps) {
  const [operator] = createResource(() => readOperator().catch(() => null));
  const text = () => (language() === "de" ? de : en);
  const page = () => text()[props.page];
  return (
    <Public kind="text">
      <article class="legal">
        <PageTitle text={page().title} />
        <Show when={"lead" in page()}>
          <p class="legal-lead">{page().lead}</p>
        </Show>
        <OperatorBlock
          operator={operator() ?? null}
          missing={text().operatorMissing}
          label={text().operator}
        />
        <Show when={props.page === "privacy" && operator()}>
          {(known) => <p data-testid="retention">{text().retention(known().retentionDays)}</p>}
        </Show>
        <For each={page().sections}>
          {(section) => (
            <section class="legal-section">
              <h2>{section.title}</h2>
              <For each={section.text}>{(paragraph) => <p>{paragraph}</p>}</For>
              <Show when={section.list}>
                {(list) => (
                  <dl class="legal-list">
                    <For each={list()}>
                      {([term, meaning]) => (
                        <div>
                          <dt>{term}</dt>
                          <dd>{meaning}</dd>
                        </div>
                      )}
                    </For>
                  </dl>
                )}
              </Show>
            </section>
          )}
        </For>
      </article>
    </Public>
  );
}

function OperatorBlock(props: { operator: Operator | null; missing: string; label: string }) {
  const named = () => (props.operator?.name ? props.operator : null);
  return (
    <section class="legal-operator">
      <h2>{props.label}</h2>
      <Show when={named()} fallback={<p class="quiet">{props.missing}</p>}>
        {(operator) => (
          <address>
            <strong>{operator().name}</strong>
            <For each={operator().address.split(/\s*[\n;]\s*/)}>{(line) => <span>{line}</span>}</For>
            <Show when={operator().mail}>{(mail) => <a href={`mailto:${mail()}`}>{mail()}</a>}</Show>
          </address>
        )}
      </Show>
    </section>
  );
}
