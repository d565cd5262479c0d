/** Shows a problem report exactly as it would go out, and sends it only then. */
import { createResource, createSignal, Show } from "solid-js";
import { REPORT_NOTE_MAX } from "../../../wire/report.ts";
import type { CallFactsRead } from "../../call/call-facts.ts";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/end.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { type Machine, problemOf, sendProblem, withNote } from "./problem.ts";

type ProblemDialogProps = {
  side: "client" | "therapist";
  facts: CallFactsRead;
  minutes: number | null;
  open: boolean;
  onClose: () => void;
};

async function machineHere(): Promise<Machine> {
  const { default: Bowser } = await fetched(() => import("bowser"));
  const browser = Bowser.getParser(navigator.userAgent);
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? "";
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return {
    browser: browser.getBrowserName(),
    version: browser.getBrowserVersion() ?? "",
    system: browser.getOSName(),
    script,
    devices: devices ?? [],
  };
}

export function ProblemDialog(props: ProblemDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("reportTitle")} text={t("reportText")}>
      <Problem {...props} />
    </Dialog>
  );
}

function Problem(props: ProblemDialogProps) {
  const [machine] = createResource(machineHere);
  const [note, setNote] = createSignal("");
  const [state, setState] = createSignal<"open" | "busy" | "sent" | "slow" | "failed">("open");
  const report = () => {
    const here = machine();
    return here && withNote(problemOf(props.side, props.facts, props.minutes, here), note());
  };
  const send = async () => {
    const ready = report();
    if (!ready || state() === "busy") return;
    setState("busy");
    setState(await sendProblem(ready));
  };
  const error = () => {
    const now = state();
    return now === "slow" || now === "failed" ? { error: t(now) } : {};
  };
  return (
    <Show when={state() !== "sent"} fallback={<Banner tone="good">{t("sent")}</Banner>}>
      <Form
        onSubmit={() => void send()}
        {...error()}
        acts={
          <Button kind="main" type="submit" busy={state() === "busy"} disabled={!report()}>
            {t("send")}
          </Button>
        }
      >
        <TextArea
          label={t("note")}
          hint={t("noteHint", REPORT_NOTE_MAX)}
          value={note()}
          onInput={(text) => setNote(text.slice(0, REPORT_NOTE_MAX))}
        />
        {/* what scrolls has to be reached by keyboard */}
        <section class="problem-exactly" tabindex={0} aria-label={t("exactly")} data-testid="problem">
          {JSON.stringify(report(), null, 2)}
        </section>
      </Form>
    </Show>
  );
}
