/** The card of the second factor in the profile: what it protects, what is on, and how to change it. */
import "./second-factor.css";
import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import type { FactorList, PasskeyRow } from "../../../wire/factors.ts";
import type { UserName } from "../../../wire/names.ts";
import { factorsApi } from "../../api/factors.ts";
import { sayError } from "../../i18n/errors.ts";
import { ago, dayOf } from "../../i18n/format.ts";
import { t } from "../../i18n/second-factor.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Loading } from "../loading.tsx";
import type { Change } from "./change.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { hasPasskeys } from "./passkeys.ts";

export function SecondFactor(props: { user: UserName }) {
  const [factors, { refetch }] = createResource(() => factorsApi.list());
  const [change, setChange] = createSignal<Change | null>(null);
  return (
    <Card title={t("title")}>
      <p>{t("card.lead")}</p>
      <p class="field-hint">{t("card.honest")}</p>
      <Show when={!factors.error} fallback={<Banner tone="look">{sayError(factors.error)}</Banner>}>
        <Show when={factors.latest} fallback={<Loading />}>
          {(list) => <Listed list={list()} onChange={setChange} />}
        </Show>
      </Show>
      <ChangeDialog
        user={props.user}
        change={change()}
        onClose={() => setChange(null)}
        onChanged={() => void refetch()}
      />
    </Card>
  );
}

type ListedProps = { list: FactorList; onChange: (change: Change) => void };

function Listed(props: ListedProps) {
  const isOn = () => props.list.totp !== null || props.list.passkeys.length > 0;
  return (
    <>
      <Show when={isOn()}>
        <ul class="factors" data-testid="factors">
          <Rows {...props} />
        </ul>
      </Show>
      <div class="profile-acts">
        <Button onClick={() => props.onChange({ kind: "totp" })}>
          {props.list.totp ? t("card.replaceTotp") : t("card.addTotp")}
        </Button>
        <Show when={hasPasskeys()}>
          <Button onClick={() => props.onChange({ kind: "passkey" })}>{t("card.addPasskey")}</Button>
        </Show>
      </div>
      <Show when={!hasPasskeys()}>
        <p class="field-hint">{t("card.noPasskeys")}</p>
      </Show>
    </>
  );
}

function Rows(props: ListedProps) {
  const isLast = () => Number(props.list.totp !== null) + props.list.passkeys.length === 1;
  const name = () => t("card.totp");
  return (
    <>
      <Show when={props.list.totp}>
        {(totp) => (
          <Row name={name()} about={t("card.since", dayOf(totp().createdAt))}>
            <Remove
              name={name()}
              onPress={() => props.onChange({ kind: "remove-totp", name: name(), last: isLast() })}
            />
          </Row>
        )}
      </Show>
      <For each={props.list.passkeys}>
        {(key) => (
          <Row name={key.name} about={aboutKey(key)}>
            <Remove
              name={key.name}
              onPress={() =>
                props.onChange({ kind: "remove-passkey", id: key.id, name: key.name, last: isLast() })
              }
            />
          </Row>
        )}
      </For>
      <Row
        name={t("card.spares")}
        about={props.list.spares === 0 ? t("card.sparesNone") : t("card.sparesLeft", props.list.spares)}
      >
        <Button small onClick={() => props.onChange({ kind: "renew" })}>
          {t("card.renew")}
        </Button>
      </Row>
    </>
  );
}

function aboutKey({ createdAt, lastUsedAt }: PasskeyRow): string {
  const used = lastUsedAt === null ? t("card.unused") : t("card.used", ago(lastUsedAt, Date.now()));
  return `${t("card.since", dayOf(createdAt))} · ${used}`;
}

function Row(props: { name: string; about: string; children: JSX.Element }) {
  return (
    <li class="factor">
      <div>
        <strong>{props.name}</strong>
        <p class="field-hint">{props.about}</p>
      </div>
      {props.children}
    </li>
  );
}

function Remove(props: { name: string; onPress: () => void }) {
  return (
    <Button small label={t("card.removeLabel", props.name)} onClick={props.onPress}>
      {t("card.remove")}
    </Button>
  );
}
