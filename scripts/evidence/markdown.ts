/** The report as Markdown. */
import type { Verdict } from "./judge.ts";
import {
  type About,
  factsOf,
  HOW,
  NOT_CERTIFIED,
  STATES,
  sumOf,
  TITLE,
  verdictWord,
  whyNot,
} from "./words.ts";

/** In a table or a line nothing of a test's name may be taken for a sign. */
const safe = (text: string) => text.replace(/[\\`|*_<>[\]]/g, "\\$&");

export function markdownOf(about: About, verdicts: readonly Verdict[]): string {
  const facts = factsOf(about).map(([term, meaning]) => `- **${term}:** ${safe(meaning)}`);
  const rows = verdicts.map((each) => `| ${each.rule.id} | ${safe(each.rule.wants)} | ${marked(each)} |`);
  return [
    `# ${TITLE}`,
    facts.join("\n"),
    ...NOT_CERTIFIED,
    `## ${sumOf(verdicts)}`,
    HOW,
    ["| Regel | Was sie verlangt | Ergebnis |", "| --- | --- | --- |", ...rows].join("\n"),
    ...verdicts.map(sectionOf),
    "",
  ].join("\n\n");
}

const marked = (verdict: Verdict) => (verdict.isKept ? "erfüllt" : "**nicht erfüllt**");

function sectionOf(verdict: Verdict): string {
  const { rule, proofs } = verdict;
  const tests = proofs.map(({ file, name, state }) => `- ${STATES[state]}: ${safe(name)} (${safe(file)})`);
  return [
    `## ${rule.id}: ${verdictWord(verdict)}`,
    safe(rule.wants),
    `Wo es eingehalten wird: ${safe(rule.kept)}`,
    ...(verdict.isKept ? [] : [`**${whyNot(verdict)}**`]),
    ...(tests.length === 0 ? [] : [tests.join("\n")]),
  ].join("\n\n");
}
