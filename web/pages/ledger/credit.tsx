/** "Guthaben": points, free minutes and packages that are left, what a minute costs, and the way to more. */
import { createResource, For, type JSX, Show, Suspense } from "solid-js";
import type { Account, PackageLeft } from "../../../wire/ledger.ts";
import { MINUTE_KINDS } from "../../../wire/ledger.ts";
import { ledgerApi } from "../../api/ledger.ts";
import { decimal, sayDay, sayMinutes } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { Banner } from "../../ui/banner.tsx";
import { Card } from "../../ui/card.tsx";
import { Loading } from "../loading.tsx";
import { Failed } from "./failed.tsx";
import { minutePrice } from "./price-words.ts";
import { VoucherForm } from "./voucher-form.tsx";

/** `changed`: grows whenever the balance may have; `onChange` when a voucher was credited. */
export function Credit(props: { changed: number; onChange: () => void }) {
  const [account, { refetch }] = createResource(() => props.changed + 1, ledgerApi.account);
  return (
    <Card title={t("credit.title")}>
      <Show when={!account.error} fallback={<Failed error={account.error} onAgain={() => void refetch()} />}>
        <Suspense fallback={<Loading />}>
          <Show when={account.latest}>{(has) => <Balance account={has()} />}</Show>
        </Suspense>
      </Show>
      <VoucherForm onCredited={props.onChange} />
      <p class="ledger-links small">
        <a href="/plans">{t("credit.plans")}</a>
      </p>
    </Card>
  );
}

function Balance(props: { account: Account }) {
  const packaged = () => props.account.packages.reduce((all, { minutes }) => all + minutes, 0);
  return (
    <>
      <dl class="credit-figures">
        <Figure name={t("credit.points")} value={decimal(props.account.points)} />
        <Figure name={t("credit.trial")} value={sayMinutes(props.account.trialMinutes)}>
          <dd class="field-hint">{t("credit.trialFor")}</dd>
        </Figure>
        <Show when={packaged() > 0}>
          <Figure name={t("credit.package")} value={sayMinutes(packaged())}>
            <For each={props.account.packages}>
              {(left) => <dd class="field-hint">{packageWords(left, props.account.packages.length)}</dd>}
            </For>
          </Figure>
        </Show>
      </dl>
      <Short account={props.account} />
      <dl class="ledger-sums credit-prices">
        <For each={MINUTE_KINDS}>
          {(kind) => (
            <div>
              <dt>{t(`call.${kind}`)}</dt>
              <dd>{minutePrice(props.account.tariffs[kind])}</dd>
            </div>
          )}
        </For>
      </dl>
    </>
  );
}

function Figure(props: { name: string; value: string; children?: JSX.Element }) {
  return (
    <div class="credit-figure">
      <dt>{props.name}</dt>
      <dd class="credit-value">{props.value}</dd>
      {props.children}
    </div>
  );
}

function packageWords({ minutes, until }: PackageLeft, packages: number): string {
  if (packages === 1) return until === null ? t("credit.endless") : t("credit.until", sayDay(until));
  const left = sayMinutes(minutes);
  return until === null ? t("credit.packageEndless", left) : t("credit.packageLine", left, sayDay(until));
}

/** [TF5] Says which calls cannot start now, and that none is cut for it. */
function Short(props: { account: Account }) {
  const words = () => {
    const { single, group } = props.account.mayStart;
    if (single && group) return null;
    if (!single && !group) return t("credit.short.both");
    return single ? t("credit.short.group") : t("credit.short.single");
  };
  return (
    <Show when={words()}>
      {(text) => (
        <Banner tone="look">
          {text()} {t("credit.never")}
        </Banner>
      )}
    </Show>
  );
}
