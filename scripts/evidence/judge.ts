/** [pure] Whether each rule is kept: by every test that quotes it having passed, and at least one. Anything else is "nicht erfüllt". */
import { type Cited, patternOf } from "./cited.ts";
import type { Result } from "./results.ts";
import type { Rule } from "./rules.ts";

/** `unchecked`: a journey, and there was no browser. `missing`: quoted in the source, but the runner told nothing of it. */
export type Proof = {
  readonly file: string;
  readonly name: string;
  readonly state: Result["state"] | "unchecked" | "missing";
};
export type Verdict = { readonly rule: Rule; readonly isKept: boolean; readonly proofs: readonly Proof[] };

/** `checked`: whether this file's tests were to be run at all. */
export function judge(
  rules: readonly Rule[],
  cited: readonly Cited[],
  results: readonly Result[],
  checked: (file: string) => boolean,
): Verdict[] {
  return rules.map((rule) => {
    const mine = cited.filter(({ tags }) => tags.includes(rule.tag));
    const proofs = once(mine.flatMap((each) => proofsOf(each, results, checked)));
    return { rule, proofs, isKept: proofs.length > 0 && proofs.every(({ state }) => state === "passed") };
  });
}

function proofsOf(
  { file, title }: Cited,
  results: readonly Result[],
  checked: (file: string) => boolean,
): Proof[] {
  if (!checked(file)) return [{ file, name: title, state: "unchecked" }];
  const named = new RegExp(`(?:^| )${patternOf(title)}(?:$| )`);
  // tests that several files share run under those files' names
  const isShared = !/\.(test|journey)\.ts$/.test(file);
  const found = results.filter((result) => (isShared || result.file === file) && named.test(result.name));
  return found.length > 0 ? found : [{ file, name: title, state: "missing" }];
}

function once(proofs: readonly Proof[]): Proof[] {
  return [...new Map(proofs.map((proof) => [`${proof.file} ${proof.name}`, proof])).values()];
}
