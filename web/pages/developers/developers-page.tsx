/** "Schnittstelle für Praxissoftware": the API's document as a page of our own, readable without login. */
import "./developers.css";
import { createResource, For, type JSX, Show, Suspense } from "solid-js";
import { API_ERRORS, type ApiErrorCode } from "../../../wire/errors.ts";
import { documentAddress, readApiDocument } from "../../api/software.ts";
import { t as app } from "../../i18n/app.ts";
import { t } from "../../i18n/developers.ts";
import { sayError } from "../../i18n/errors.ts";
import { t as software } from "../../i18n/software.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { phase } from "../../vault/phase.ts";
import { Refused } from "../../vault/remote.ts";
import { Failed } from "../ledger/failed.tsx";
import { Loading } from "../loading.tsx";
import { Public } from "../public.tsx";
import { FieldTable } from "./field-table.tsx";
import { type Reading, readDocument } from "./read-document.ts";
import { RoutePart } from "./route-part.tsx";

export default function DevelopersPage() {
  const [reading, { refetch }] = createResource(async () =>
    readDocument(await readApiDocument(), location.origin),
  );
  const isIn = () => phase().kind === "open" || phase().kind === "locked";
  return (
    <Public
      kind="wide"
      act={
        <ButtonLink href={isIn() ? "/" : "/login"} kind="plain">
          {isIn() ? app("nav.calls") : app("nav.login")}
        </ButtonLink>
      }
    >
      <article class="dev">
        <PageTitle text={t("title")} />
        <p class="dev-lead">{t("lead")}</p>
        <Show
          when={!reading.error}
          fallback={<Failed error={reading.error} onAgain={() => void refetch()} />}
        >
          <Suspense fallback={<Loading />}>
            <Show when={reading.latest}>{(now) => <Told reading={now()} />}</Show>
          </Suspense>
        </Show>
      </article>
    </Public>
  );
}

function Told(props: { reading: Reading }) {
  const scopes = () => [...new Set(props.reading.routes.map(({ scope }) => scope))];
  const codes = () => [...new Set(props.reading.routes.flatMap(({ errors }) => errors))].sort();
  const link = `${location.origin}/start#base64url(msgpack({"v": 1, "id": ["K-1042"], "p": bytes(16)}))`;
  return (
    <>
      <p>
        <a href={documentAddress} rel="external">
          {t("raw")}
        </a>
      </p>
      <Part title={t("access.title")} text={t("access.text")}>
        <Sample text="Authorization: Bearer tpc_…" />
        <p>{t("access.scopes")}</p>
      </Part>
      <Part title={t("clients.title")} text={t("clients.text")} />
      <Part title={t("start.title")} text={t("start.text")}>
        <Sample text={link} />
      </Part>
      <Part title={t("hooks.title")} text={t("hooks.text")}>
        <FieldTable label={t("part.fields")} rows={props.reading.notice} />
        <Sample text="tpc-signature: t=1796115600000,v1=8c1f…" />
        <p>{t("hooks.signed")}</p>
      </Part>
      <For each={scopes()}>
        {(scope) => (
          <section class="dev-scope">
            <h2>
              {t("routes")}: <code translate="no">{scope}</code>
            </h2>
            <p class="quiet">{software(`scope.${scope as "rooms"}`)}</p>
            <For each={props.reading.routes.filter((route) => route.scope === scope)}>
              {(route) => <RoutePart route={route} />}
            </For>
          </section>
        )}
      </For>
      <Part title={t("errors.title")} text={t("errors.text")}>
        <dl class="dev-errors">
          <For each={codes()}>
            {(code) => (
              <div>
                <dt>
                  <code translate="no">{code}</code> · {API_ERRORS[code as ApiErrorCode]}
                </dt>
                <dd>{sayError(new Refused(code as ApiErrorCode))}</dd>
              </div>
            )}
          </For>
        </dl>
      </Part>
    </>
  );
}

function Part(props: { title: string; text: string; children?: JSX.Element }) {
  return (
    <section class="dev-part">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}

function Sample(props: { text: string }) {
  return (
    <pre>
      <code translate="no">{props.text}</code>
    </pre>
  );
}
