/** Around a form whose answer may be a question: the form steps aside, keeps what was typed, and is there again on the way back. */
import { type JSX, Show } from "solid-js";
import { t } from "../../i18n/second-factor.ts";
import { Card } from "../../ui/card.tsx";
import { PageTitle } from "../../ui/title.tsx";
import type { Second } from "./asking.ts";
import { SecondForm } from "./second-form.tsx";

/** `lead` says on a page of its own what was right so far; in a dialog there is none. */
export function Gate(props: { second: Second; lead?: string; children: JSX.Element }) {
  return (
    <>
      <div hidden={props.second.question() !== null}>{props.children}</div>
      <Show when={props.second.question()} keyed>
        {(question) => (
          <Show when={props.lead} fallback={<SecondForm question={question} />}>
            {(lead) => (
              <div class="account">
                <div class="account-head">
                  <PageTitle text={t("ask.title")} />
                  <p class="quiet">{lead()}</p>
                </div>
                <Card>
                  <SecondForm question={question} />
                </Card>
                <p class="small quiet">{t("ask.lost")}</p>
              </div>
            )}
          </Show>
        )}
      </Show>
    </>
  );
}
