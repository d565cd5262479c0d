/** "Speichern": one press at a time, and what became of the text beside that of another device. */
import { createSignal } from "solid-js";
import type { Draft } from "./draft.ts";
import type { Clash } from "./stale.tsx";

type Texts = Readonly<Record<string, string>>;

type SavingParts<R, T extends Texts> = {
  readonly draft: Draft<R, T>;
  /** Nothing that was typed has a fault. */
  readonly isFit: () => boolean;
  /** Tells the vault; rejects where it could not be saved. It is then kept and said by the frame around. */
  readonly write: () => Promise<void>;
  /** What the vault has after `typed` was written. */
  readonly clashOf: (typed: T) => Clash;
};

export function createSaving<R, T extends Texts>(parts: SavingParts<R, T>) {
  const [busy, setBusy] = createSignal(false);
  const [saved, setSaved] = createSignal(false);
  const [clash, setClash] = createSignal<Clash>(null);
  const save = async () => {
    if (!parts.isFit() || busy()) return;
    const typed = parts.draft.texts();
    setBusy(true);
    const done = await parts.write().then(
      () => true,
      () => false,
    );
    setBusy(false);
    setClash(parts.clashOf(typed));
    if (clash() === "lost") parts.draft.rebase();
    else parts.draft.sync();
    setSaved(done && clash() === null);
  };
  /** Somebody types on. */
  const touch = () => {
    setSaved(false);
    setClash((now) => (now === "merged" ? null : now));
  };
  return { busy, saved, clash, save, touch };
}

export type Saving = ReturnType<typeof createSaving>;
