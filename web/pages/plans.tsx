/** "Preise und Pakete": what calls cost today, what there is to have, and how to get it; readable without login. */
import "./plans/plans.css";
import { createResource, Show, Suspense } from "solid-js";
import { type Plans, TRIAL_MINUTES, VIDEOPRAXIS_MINUTES } from "../../wire/ledger.ts";
import { ledgerApi } from "../api/ledger.ts";
import { readOperator } from "../api/operator.ts";
import { sayMinutes } from "../i18n/amounts.ts";
import { t as app } from "../i18n/app.ts";
import { t } from "../i18n/ledger.ts";
import { ButtonLink } from "../ui/button.tsx";
import { PageTitle } from "../ui/title.tsx";
import { phase } from "../vault/phase.ts";
import { Failed } from "./ledger/failed.tsx";
import { Loading } from "./loading.tsx";
import { flexOffer, singleOffer } from "./plans/offers.ts";
import { Plan } from "./plans/plan.tsx";
import { Public } from "./public.tsx";

export default function PlansPage() {
  const [plans, { refetch }] = createResource(ledgerApi.plans);
  const isIn = () => ["open", "staff", "locked"].includes(phase().kind);
  return (
    <Public
      kind="wide"
      act={
        <ButtonLink href={isIn() ? "/" : "/login"} kind="plain">
          {isIn() ? app("nav.calls") : app("nav.login")}
        </ButtonLink>
      }
    >
      <article class="plans">
        <header class="plans-head">
          <PageTitle text={t("plans.title")} />
          <p class="plans-lead">{t("plans.lead")}</p>
        </header>
        <Show when={!plans.error} fallback={<Failed error={plans.error} onAgain={() => void refetch()} />}>
          <Suspense fallback={<Loading />}>
            <Show when={plans.latest}>{(now) => <Offers tariffs={now().tariffs} />}</Show>
          </Suspense>
        </Show>
        <footer class="plans-welcome">
          <p>{t("plans.welcome", sayMinutes(TRIAL_MINUTES))}</p>
          <Show when={phase().kind === "out"}>
            <ButtonLink href="/register" kind="main">
              {app("nav.register")}
            </ButtonLink>
          </Show>
        </footer>
      </article>
    </Public>
  );
}

function Offers(props: Plans) {
  // a server that names nobody is asked by its people in another way
  const [operator] = createResource(() => readOperator().catch(() => null));
  const who = () => operator.latest ?? null;
  return (
    <div class="plans-offers">
      <Plan title={t("plans.single.title")} {...singleOffer(props)} operator={who()} />
      <Plan title={t("plans.flex.title")} {...flexOffer(props)} operator={who()} />
      <Plan
        title={t("plans.package.title")}
        price={sayMinutes(VIDEOPRAXIS_MINUTES)}
        per=""
        text={`${t("plans.package.text")} ${t("plans.package.note")}`}
        operator={who()}
      />
    </div>
  );
}
