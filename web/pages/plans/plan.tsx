/** One thing to have: its price, what it is, how to ask for it and how to redeem it. */
import "../../ui/card.css";
import { Show } from "solid-js";
import type { Operator } from "../../api/operator.ts";
import { t } from "../../i18n/ledger.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { askAddress, askWords } from "./ask.ts";

type PlanProps = {
  title: string;
  price: string;
  /** What the price is for; may be empty. */
  per: string;
  text: string;
  /** Null until it is known, and where nobody is named. */
  operator: Operator | null;
};

export function Plan(props: PlanProps) {
  const mail = () => askAddress(props.operator, t("plans.subject", props.title));
  return (
    <section class="card plan">
      <h2>{props.title}</h2>
      <p class="plan-price">
        <strong>{props.price}</strong> <span class="quiet">{props.per}</span>
      </p>
      <p>{props.text}</p>
      <div class="plan-acts">
        <Show when={mail()} fallback={<p class="quiet small">{askWords(props.operator)}</p>}>
          {(address) => (
            <ButtonLink href={address()} label={t("plans.askLabel", props.title)} leaves>
              {t("plans.ask")}
            </ButtonLink>
          )}
        </Show>
        <ButtonLink href="/profile#voucher" kind="plain" label={t("plans.redeemLabel", props.title)}>
          {t("plans.redeem")}
        </ButtonLink>
      </div>
    </section>
  );
}
