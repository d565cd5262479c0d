/** What an import would do, in counts and words; and doing it. */
import { createMemo, For, onMount, Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import type { CsvFaults } from "../../vault/file/csv.ts";
import { type Plan, planImport } from "../../vault/file/plan.ts";
import { fits } from "../../vault/file/room-left.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import type { Ready, Unfit } from "./import-steps.ts";

type PreviewProps = {
  file: Ready;
  view: VaultView;
  onDone: () => void;
  onUnfit: (why: Unfit) => void;
};

export function ImportPreview(props: PreviewProps) {
  let title: HTMLHeadingElement | undefined;
  // the button that was pressed is gone: reading goes on here
  onMount(() => title?.focus());
  const task = createTask();
  const plan = createMemo(() => planImport(props.view.state().records, props.file.incoming, Date.now()));
  const changes = () => plan().fresh + plan().more + plan().clash.length + plan().groups;
  const read = () => {
    if (!fits(plan().records.values())) return props.onUnfit("full");
    const { incoming } = props.file;
    const count = plan().fresh + plan().more + plan().clash.length;
    // not saved at once it is tried again; the frame says so
    void task.run(async () => {
      const saved = props.view.vault.change((records) => {
        for (const [item, record] of planImport(records, incoming, Date.now()).records)
          records.set(item, record);
      });
      await saved.catch(() => undefined);
      toast(t("file.done", count));
      props.onDone();
    });
  };
  return (
    <>
      <h3 ref={title} tabIndex={-1}>
        {t("file.previewTitle", props.file.name)}
      </h3>
      <Counts plan={plan()} />
      <Links plan={plan()} file={props.file} />
      <Show when={plan().clash.length > 0}>
        <p>{t("file.clashText", few(plan().clash))}</p>
      </Show>
      <Show when={plan().tooLong.length > 0}>
        <Banner tone="look">{t("file.tooLong", few(plan().tooLong))}</Banner>
      </Show>
      <Show when={props.file.skipped}>{(faults) => <Skipped faults={faults()} />}</Show>
      <div class="dialog-acts">
        <Show
          when={changes() > 0 || task.busy()}
          fallback={<Button onClick={props.onDone}>{t("file.nothing")}</Button>}
        >
          <Button kind="main" busy={task.busy()} onClick={read}>
            {t("file.readAct")}
          </Button>
        </Show>
      </div>
    </>
  );
}

function Counts(props: { plan: Plan }) {
  const rows = () =>
    [
      [props.plan.fresh, t("file.fresh"), "fresh"],
      [props.plan.same, t("file.same"), "same"],
      [props.plan.more, t("file.more"), "more"],
      [props.plan.clash.length, t("file.clash"), "clash"],
      [props.plan.groups, t("file.groups"), "groups"],
    ] as const;
  return (
    <dl class="import-counts" data-testid="import-counts">
      <For each={rows().filter(([count]) => count > 0)}>
        {([count, words, what]) => (
          <div data-testid={`import-${what}`}>
            <dt>{words}</dt>
            <dd class="tabular">{count}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

/** Which links will work: the one thing about an import that clients notice. */
function Links(props: { plan: Plan; file: Ready }) {
  const words = () => {
    if (props.file.skipped) return t("file.linksTable");
    return props.file.incoming.own ? t("file.linksOwn", props.plan.links) : t("file.linksAnother");
  };
  return (
    <Show
      when={props.file.skipped === null && !props.file.incoming.own}
      fallback={<p class="quiet">{words()}</p>}
    >
      <Banner tone="look">{words()}</Banner>
    </Show>
  );
}

function Skipped(props: { faults: CsvFaults }) {
  const all = () =>
    (["noId", "longId", "longName", "longNote"] as const).flatMap((why) =>
      props.faults[why].length > 0 ? [t(`file.${why}`, few(props.faults[why].map(String)))] : [],
    );
  return (
    <Show when={all().length > 0}>
      <Banner tone="look" title={t("file.skipped")}>
        <For each={all()}>{(line) => <p>{line}</p>}</For>
      </Banner>
    </Show>
  );
}

/** Higher: a hundred rows fill the screen. Lower: two more words hide what would have fitted. */
const NAMED_MAX = 8;

function few(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).join(", ");
  const rest = names.length - NAMED_MAX;
  return rest > 0 ? `${shown} ${t("file.andMore", String(rest))}` : shown;
}
