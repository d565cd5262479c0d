/** What the runners say: Bun's JUnit and Playwright's JSON, as one list. */
export type State = "passed" | "failed" | "skipped";
/** `name`: the test's own, with the names of the groups around it before it. */
export type Result = { readonly file: string; readonly name: string; readonly state: State };

const WORDS: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const plain = (text: string) =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) =>
      String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)),
    )
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, word) => WORDS[word] ?? "");

/** Bun nests groups as suites; a case names at least the innermost, the suites around it name all. */
export function fromJunit(xml: string): Result[] {
  const groups: string[] = [];
  const found: Result[] = [];
  for (const [, suite, close, attributes = "", rest] of xml.matchAll(
    /<testsuite\b([^>]*)>|(<\/testsuite>)|<testcase\b([^>]*?)(\/>|>[\s\S]*?<\/testcase>)/g,
  )) {
    const read = (from: string, name: string) =>
      plain(new RegExp(`\\b${name}="([^"]*)"`).exec(from)?.[1] ?? "");
    if (suite !== undefined) groups.push(read(suite, "name"));
    else if (close !== undefined) groups.pop();
    else {
      const [, ...inside] = groups;
      const state = /<(failure|error)\b/.test(rest ?? "")
        ? "failed"
        : /<skipped\b/.test(rest ?? "")
          ? "skipped"
          : "passed";
      const name = [...inside, read(attributes, "name")].join(" ");
      found.push({ file: read(attributes, "file").replace(/^\.\//, ""), name, state });
    }
  }
  return found;
}

type Suite = {
  title: string;
  file: string;
  suites?: Suite[];
  specs?: { title: string; ok: boolean; tests: { status: string }[] }[];
};

/** `folder`: where the journeys lie. */
export function fromPlaywright(json: string, folder: string): Result[] {
  const walk = (suite: Suite, before: readonly string[]): Result[] => {
    const names = suite.title === suite.file ? before : [...before, suite.title];
    const specs = (suite.specs ?? []).map(({ title, ok, tests }): Result => {
      const isSkipped = tests.every(({ status }) => status === "skipped");
      const state = isSkipped ? "skipped" : ok ? "passed" : "failed";
      return { file: `${folder}/${suite.file}`, name: [...names, title].join(" "), state };
    });
    return [...specs, ...(suite.suites ?? []).flatMap((inner) => walk(inner, names))];
  };
  return (JSON.parse(json) as { suites: Suite[] }).suites.flatMap((suite) => walk(suite, []));
}
