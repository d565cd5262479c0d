/** "Vier Wörter": what the two people see of their handshake, and what each has said of it (TP1 §2.5). */
import type { Sas } from "../../wasm/handshake.ts";
import type { WordLanguage } from "../../wire/sealed.ts";

/** `new`: never here, or too long ago; `known`: the device of an earlier call; `compared`: and the words were the same then. */
export type DeviceTrust = "new" | "known" | "compared";

export type Comparison = {
  readonly sas: Sas;
  readonly list: WordLanguage;
  readonly device: DeviceTrust;
  /** What the person at this page said; null: nothing yet. */
  readonly mine: boolean | null;
  /** What the other side said. It came over the very line that is being checked: a "yes" proves nothing, a "no" warns. */
  readonly theirs: boolean | null;
};

/** A handshake nobody has said anything of yet. */
export function newComparison(sas: Sas, list: WordLanguage, device: DeviceTrust): Comparison {
  return { sas, list, device, mine: null, theirs: null };
}

/** `differs` as soon as one of them says so; `same` only by the own eyes, now or on this device before. */
export function verdictOf({ mine, theirs, device }: Comparison): "open" | "same" | "differs" {
  if (mine === false || theirs === false) return "differs";
  return mine === true || device === "compared" ? "same" : "open";
}
