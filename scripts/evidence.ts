/** `bun run evidence [--without-browser] [folder]`: runs the tests that quote a rule of the field and writes a German report that an operator can hand to an
 * auditor, as Markdown and as a page to print. Ends with 1 where a rule is not kept. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findCited } from "./evidence/cited.ts";
import { judge } from "./evidence/judge.ts";
import { markdownOf } from "./evidence/markdown.ts";
import { pageOf } from "./evidence/page.ts";
import { RULES } from "./evidence/rules.ts";
import { browserPath, isJourney, runJourneys, runUnits } from "./evidence/run.ts";
import { type About, sumOf } from "./evidence/words.ts";
import { buildWeb, installPackages, ROOT } from "./setup.ts";

const WITHOUT = "--without-browser";
const args = process.argv.slice(2);
const [folder = "evidence"] = args.filter((arg) => arg !== WITHOUT);

await installPackages();
const browser = args.includes(WITHOUT) ? null : browserPath();
const cited = findCited(ROOT, RULES);
const units = await runUnits(ROOT, cited);
if (browser !== null) await buildWeb();
const journeys = browser === null ? [] : await runJourneys(ROOT, cited, browser);
const checked = (file: string) => browser !== null || !isJourney(file);
const verdicts = judge(RULES, cited, [...units, ...journeys], checked);
const about = aboutThis(browser !== null);
const out = resolve(folder);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "pruefbericht.md"), markdownOf(about, verdicts));
writeFileSync(join(out, "pruefbericht.html"), pageOf(about, verdicts));
for (const { rule, isKept } of verdicts) if (!isKept) console.log(`${rule.id}: nicht erfüllt`);
console.log(`${sumOf(verdicts)}. ${join(out, "pruefbericht.html")}`);
process.exit(verdicts.every(({ isKept }) => isKept) ? 0 : 1);

function aboutThis(hasBrowser: boolean): About {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const commit = git("rev-parse", "HEAD");
  const at = new Intl.DateTimeFormat("de-DE", { dateStyle: "long", timeStyle: "short" }).format(new Date());
  return { at, version, commit, isChanged: git("status", "--porcelain") !== "", browser: hasBrowser };
}

/** Null where there is no Git, or this is no clone. */
function git(...words: string[]): string | null {
  try {
    const { success, stdout } = Bun.spawnSync(["git", ...words], { cwd: ROOT, stderr: "ignore" });
    return success ? stdout.toString().trim() : null;
  } catch {
    return null;
  }
}
