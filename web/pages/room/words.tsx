/** "Vier Wörter": the quiet button in the room, and the dialog in which both sides compare (TP1 §2.5). */
import { fetched } from "../../fetched.ts";
import "./words.css";
import Differ from "lucide-solid/icons/shield-alert";
import Same from "lucide-solid/icons/shield-check";
import Open from "lucide-solid/icons/shield-question-mark";
import { createEffect, createResource, createSignal, For, Show } from "solid-js";
import { sasWords, type WordList } from "../../../wasm/words.ts";
import type { WordLanguage } from "../../../wire/sealed.ts";
import { type Comparison, verdictOf } from "../../call/comparison.ts";
import { t } from "../../i18n/call.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";

type WordsProps = {
  comparison: Comparison;
  /** The other person, as this page calls them. */
  name: string;
  onCompare: (same: boolean) => void;
};

const ICONS = { open: Open, same: Same, differs: Differ };

export function WordsButton(props: WordsProps) {
  const [isOpen, setOpen] = createSignal(false);
  const compare = (same: boolean) => {
    props.onCompare(same);
    setOpen(false);
  };
  // what the other side found must not stay behind an open dialog: the warning lies under it
  createEffect(() => props.comparison.theirs === false && setOpen(false));
  return (
    <>
      <button type="button" class="words-button" onClick={() => setOpen(true)}>
        <Icon of={ICONS[verdictOf(props.comparison)]} size={18} />
        {t("words.button")}
      </button>
      <WordsDialog {...props} open={isOpen()} onClose={() => setOpen(false)} onCompare={compare} />
    </>
  );
}

export function WordsDialog(props: WordsProps & { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("words.button")} text={t("words.how")}>
      <Words comparison={props.comparison} />
      <p class="small quiet" data-testid="trust">
        {t(`words.${props.comparison.device}Device`)}
      </p>
      <p class="words-status" role="status">
        <Show
          when={props.comparison.mine}
          fallback={<Show when={props.comparison.theirs}>{t("words.otherFound", props.name)}</Show>}
        >
          {t("words.found")}
        </Show>
      </p>
      <div class="dialog-acts">
        <Button onClick={() => props.onCompare(false)}>{t("words.differ")}</Button>
        <Button kind="room" onClick={() => props.onCompare(true)}>
          {t("words.same")}
        </Button>
      </div>
    </Dialog>
  );
}

/** The lists are large and seldom needed: only the one of this call is fetched, and only when somebody looks. */
function Words(props: { comparison: Comparison }) {
  const [list] = createResource(() => props.comparison.list, loadList);
  return (
    <ol
      class="words"
      lang={props.comparison.list}
      translate="no"
      data-testid="words"
      aria-busy={list.loading}
    >
      <Show when={list()}>
        {(words) => <For each={sasWords(props.comparison.sas, words())}>{(word) => <li>{word}</li>}</For>}
      </Show>
    </ol>
  );
}

async function loadList(list: WordLanguage): Promise<WordList> {
  if (list === "en") return (await fetched(() => import("../../../wasm/words.en.ts"))).ENGLISH_WORDS;
  return (await fetched(() => import("../../../wasm/words.de.ts"))).GERMAN_WORDS;
}

/** Said to both as soon as one of them found a difference. */
export function WordsDiffer(props: { comparison: Comparison; onHangUp: () => void }) {
  return (
    <Show when={verdictOf(props.comparison) === "differs"}>
      <Banner
        tone="loss"
        title={t("words.differsTitle")}
        act={
          <Button small kind="danger" onClick={props.onHangUp}>
            {t("words.hangUp")}
          </Button>
        }
      >
        {t("words.differs")}
      </Banner>
    </Show>
  );
}
