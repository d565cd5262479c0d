/** What is typed into an entry and not saved yet, beside what the vault has: a change from elsewhere is taken over where nothing was typed
 * and said where something was. */
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";

type Texts = Readonly<Record<string, string>>;

/** `record` is what the vault has now, `textsOf` its typed fields. */
export function createDraft<R, T extends Texts>(record: () => R, textsOf: (record: R) => T) {
  const [base, setBase] = createSignal<R>(record(), { equals: false });
  const [texts, setTexts] = createSignal<T>(textsOf(record()));
  const before = createMemo(() => textsOf(base()));
  const changed = (now: T, then: T): Partial<T> =>
    Object.fromEntries(Object.entries(now).filter(([field, text]) => text !== then[field])) as Partial<T>;
  const edit = () => changed(texts(), before());
  const isDirty = () => Object.keys(edit()).length > 0;
  /** Begins anew with what the vault has. */
  const sync = () => {
    setBase(() => record());
    setTexts(() => textsOf(record()));
  };
  createEffect(on(record, () => isDirty() || sync(), { defer: true }));
  const warn = (event: BeforeUnloadEvent) => isDirty() && event.preventDefault();
  addEventListener("beforeunload", warn);
  onCleanup(() => removeEventListener("beforeunload", warn));
  return {
    texts,
    set: (field: keyof T, text: string) => setTexts((all) => ({ ...all, [field]: text })),
    base,
    before,
    edit,
    isDirty,
    sync,
    /** Somebody else has changed typed fields since this draft began. */
    isStale: () => isDirty() && Object.keys(changed(textsOf(record()), before())).length > 0,
    /** Keeps what is typed, on top of what the vault has now. */
    rebase: () => setBase(() => record()),
  };
}

export type Draft<R, T extends Texts> = ReturnType<typeof createDraft<R, T>>;
