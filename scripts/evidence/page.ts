/** The report as one page that needs nothing beside it, made to be printed. */
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

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (text: string) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? "");

const STYLE = `
:root { color: #17302a; background: #fff; font: 11pt/1.5 Figtree, "Segoe UI", system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-family: Fraunces, Georgia, serif; font-weight: 500; line-height: 1.25; }
a { color: #1f5a4c; } h1 { font-size: 20pt; } h2 { font-size: 13pt; margin: 1.6em 0 0.3em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; } dt { color: #5b6b65; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid #e4ded3; }
td:last-child { white-space: nowrap; } .no { color: #a3352b; font-weight: 600; } .yes { color: #2f6647; }
ul { padding-left: 1.1rem; font-size: 9.5pt; } li { overflow-wrap: anywhere; } .file { color: #5b6b65; } section { break-inside: auto; } h2 { break-after: avoid; }
@page { size: A4; margin: 18mm 16mm; } @media print { body { margin: 0; max-width: none; } a { color: inherit; } }
`;

export function pageOf(about: About, verdicts: readonly Verdict[]): string {
  const facts = factsOf(about).map(([term, meaning]) => `<dt>${safe(term)}</dt><dd>${safe(meaning)}</dd>`);
  const rows = verdicts.map(
    (each) =>
      `<tr><th scope="row"><a href="#${each.rule.id}">${each.rule.id}</a></th><td>${safe(each.rule.wants)}</td><td>${marked(each)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(TITLE)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${safe(TITLE)}</h1>
<dl>${facts.join("")}</dl>
${NOT_CERTIFIED.map((text) => `<p>${safe(text)}</p>`).join("\n")}
<h2>${safe(sumOf(verdicts))}</h2>
<p>${safe(HOW)}</p>
<table>
<thead><tr><th scope="col">Regel</th><th scope="col">Was sie verlangt</th><th scope="col">Ergebnis</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
${verdicts.map(sectionOf).join("\n")}
</body>
</html>
`;
}

const marked = (verdict: Verdict) =>
  `<span class="${verdict.isKept ? "yes" : "no"}">${verdictWord(verdict)}</span>`;

function sectionOf(verdict: Verdict): string {
  const { rule, proofs } = verdict;
  const tests = proofs.map(
    ({ file, name, state }) =>
      `<li><span class="${state === "passed" ? "yes" : "no"}">${STATES[state]}</span>: ${safe(name)} <span class="file">${safe(file)}</span></li>`,
  );
  const why = verdict.isKept ? "" : `<p class="no">${safe(whyNot(verdict))}</p>`;
  return `<section id="${rule.id}">
<h2>${rule.id}: ${marked(verdict)}</h2>
<p>${safe(rule.wants)}</p>
<p>Wo es eingehalten wird: ${safe(rule.kept)}</p>
${why}
${tests.length === 0 ? "" : `<ul>\n${tests.join("\n")}\n</ul>`}
</section>`;
}
