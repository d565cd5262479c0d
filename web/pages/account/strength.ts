/** Is a password of one's own good enough: long, and not among those that are tried first. The lists load when asked. */
import { fetched } from "../../fetched.ts";

/** TP1 §2.10. Higher: people write it on the monitor. Lower: a stolen database gives it up. */
export const OWN_PASSWORD_MIN = 12;
/** Of zxcvbn's 0–4. Higher: good passwords are refused. Lower: "passwort1234" passes. */
const SCORE_MIN = 3;

export type Weakness = "short" | "common";

/** What is wrong with `password`, or null. `words` are the account's own: a name is no secret. */
export async function weaknessOf(password: string, words: readonly string[]): Promise<Weakness | null> {
  if ([...password].length < OWN_PASSWORD_MIN) return "short";
  const [{ ZxcvbnFactory }, lists] = await Promise.all([
    fetched(() => import("@zxcvbn-ts/core")),
    fetched(() => import("@zxcvbn-ts/language-common")),
  ]);
  const judge = new ZxcvbnFactory({ dictionary: lists.dictionary, graphs: lists.adjacencyGraphs });
  return judge.check(password, [...words, "therapsy", "connect"]).score < SCORE_MIN ? "common" : null;
}
