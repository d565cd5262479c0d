/** "Gutschein einlösen": one code, and a clear answer. `/profile#voucher` leads here. */
import { useLocation } from "@solidjs/router";
import { createEffect, createSignal, Show } from "solid-js";
import type { Credited } from "../../../wire/ledger.ts";
import { ledgerApi } from "../../api/ledger.ts";
import { sayDay, sayMinutes, sayPoints } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { createTask } from "../task.ts";

/** Longer than any code with all its spaces. */
const CODE_MAX = 64;

export function VoucherForm(props: { onCredited: () => void }) {
  const location = useLocation();
  let input: HTMLInputElement | undefined;
  const [code, setCode] = createSignal("");
  const [isMissing, setMissing] = createSignal(false);
  const [credited, setCredited] = createSignal<Credited | null>(null);
  const task = createTask();
  createEffect(() => {
    if (location.hash !== "#voucher") return;
    // the heading takes the focus first, as on every page
    input?.focus({ preventScroll: true });
    input?.scrollIntoView({ block: "center" });
  });
  const change = (text: string) => {
    task.clear();
    setMissing(false);
    setCode(text);
  };
  const redeem = async (event: SubmitEvent) => {
    event.preventDefault();
    setMissing(code().trim() === "");
    if (isMissing()) return;
    setCredited(null);
    if (!(await task.run(async () => setCredited(await ledgerApi.redeem(code().trim()))))) return;
    setCode("");
    props.onCredited();
  };
  return (
    <form class="voucher" id="voucher" novalidate onSubmit={(event) => void redeem(event)}>
      <Field
        label={t("voucher.title")}
        plain
        mono
        name="voucher"
        maxLength={CODE_MAX}
        value={code()}
        onInput={change}
        hint={t("voucher.hint")}
        error={isMissing() ? t("voucher.missing") : task.error() || undefined}
        ref={(element) => {
          input = element;
        }}
      />
      <Button type="submit" busy={task.busy()}>
        {t("voucher.act")}
      </Button>
      <Show when={credited()}>
        {(what) => (
          <div class="voucher-done">
            <Banner tone="good">{creditedWords(what())}</Banner>
          </div>
        )}
      </Show>
    </form>
  );
}

function creditedWords({ account, amount, until }: Credited): string {
  if (account === "points") return t("voucher.points", sayPoints(amount));
  const minutes = sayMinutes(amount);
  return until === null ? t("voucher.package", minutes) : t("voucher.packageUntil", minutes, sayDay(until));
}
