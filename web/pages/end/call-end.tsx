/** Under the words of the end, on both sides: the privacy receipt, and a problem report that holds no content. */
import "./call-end.css";
import { createResource, createSignal, For, Show } from "solid-js";
import type { CallFactsRead } from "../../call/call-facts.ts";
import { t } from "../../i18n/end.ts";
import { dayAndTime } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { saveText } from "../account/save-text.ts";
import { hostsOf } from "./hosts.ts";
import { ProblemDialog } from "./problem-dialog.tsx";

type CallEndProps = { side: "client" | "therapist"; facts: CallFactsRead; minutes: number | null };

export function CallEnd(props: CallEndProps) {
  const [shown, setShown] = createSignal(false);
  const [reporting, setReporting] = createSignal(false);
  return (
    <div class="call-end">
      <div class="call-end-acts">
        <Button small kind="plain" onClick={() => setShown(!shown())}>
          {t(shown() ? "hide" : "show")}
        </Button>
        <Button small kind="plain" onClick={() => setReporting(true)}>
          {t("report")}
        </Button>
      </div>
      <Show when={shown()}>
        <Receipt facts={props.facts} />
      </Show>
      <ProblemDialog {...props} open={reporting()} onClose={() => setReporting(false)} />
    </div>
  );
}

/** Days; null where the server does not say. */
async function retention(): Promise<number | null> {
  try {
    const { retentionDays } = (await (await fetch("/api/operator")).json()) as { retentionDays?: unknown };
    return typeof retentionDays === "number" && retentionDays > 0 ? Math.round(retentionDays) : null;
  } catch {
    return null;
  }
}

function Receipt(props: { facts: CallFactsRead }) {
  const [days] = createResource(retention);
  const rows = (): [string, string[]][] => [
    [t("way"), [t(`ways.${props.facts.way}`)]],
    ...(props.facts.way === "none" ? [] : [[t("sealed"), [cipherOf(props.facts)]] as [string, string[]]]),
    [t("talks"), [t("tp1")]],
    [t("hosts"), contacted(props.facts)],
    [t("kept"), [t("keptNothing"), keptTimes(days()), t("keptLedger")]],
  ];
  const save = () => {
    const lines = rows().map(
      ([name, values]) => `${name}\n${values.map((value) => `  ${value}`).join("\n")}`,
    );
    saveText(t("fileName"), [t("file", dayAndTime(Date.now())), ...lines, ""].join("\n\n"));
  };
  return (
    <section class="receipt" aria-label={t("title")} data-testid="receipt">
      <h2>{t("title")}</h2>
      <dl>
        <For each={rows()}>
          {([name, values]) => (
            <div>
              <dt>{name}</dt>
              <For each={values}>{(value) => <dd>{value}</dd>}</For>
            </div>
          )}
        </For>
      </dl>
      <Button small onClick={save}>
        {t("save")}
      </Button>
    </section>
  );
}

function keptTimes(days: number | null | undefined): string {
  return days ? t("keptTimes", days) : t("keptUnknown");
}

/** As it was really agreed on, where the browser says so. */
function cipherOf({ way, secured }: CallFactsRead): string {
  if (way === "quic" || way === "socket") return t("server");
  const dtls = secured?.dtls && `${secured.version ? `DTLS ${secured.version}` : "DTLS"} ${secured.dtls}`;
  // some browsers' names for it begin with it
  const srtp = secured?.srtp && `SRTP ${secured.srtp.replace(/^SRTP_/, "")}`;
  const parts = [dtls, srtp].filter((part) => part);
  return parts.length === 0 ? t("unsaid") : t("direct", parts.join(", "));
}

function contacted({ way, secured }: CallFactsRead): string[] {
  const entries = performance.getEntriesByType("resource").map(({ name }) => name);
  return hostsOf(location, entries, { servers: secured?.servers ?? [], quic: way === "quic" });
}
