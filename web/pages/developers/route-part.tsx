/** One route of the API: address, what it does, fields, refusals, an example to copy. */
import { For, Show } from "solid-js";
import { t } from "../../i18n/developers.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { FieldTable } from "./field-table.tsx";
import type { Route } from "./read-document.ts";

export function RoutePart(props: { route: Route }) {
  return (
    <section
      class="dev-route"
      id={props.route.id}
      aria-labelledby={`${props.route.id}-title`}
      data-testid="route"
    >
      <h3 id={`${props.route.id}-title`}>
        <code translate="no">
          {props.route.method} {props.route.path}
        </code>
      </h3>
      <p>{t(`route.${props.route.id}`)}</p>
      <Show when={props.route.parameters.length > 0}>
        <FieldTable label={t("part.path")} rows={props.route.parameters} />
      </Show>
      <Show when={props.route.body.length > 0}>
        <FieldTable label={t("part.body")} rows={props.route.body} />
      </Show>
      <Show
        when={props.route.answer.length > 0}
        fallback={<p>{`${t("part.answer")}: ${t("part.empty")}`}</p>}
      >
        <FieldTable label={t("part.answer")} rows={props.route.answer} />
      </Show>
      <p>
        {t("part.errors")}:{" "}
        <For each={props.route.errors}>
          {(code, at) => (
            <>
              {at() > 0 ? ", " : ""}
              <code translate="no">{code}</code>
            </>
          )}
        </For>
      </p>
      <div class="dev-example">
        <pre>
          <code translate="no">{props.route.example}</code>
        </pre>
        <CopyButton small text={props.route.example} />
      </div>
    </section>
  );
}
