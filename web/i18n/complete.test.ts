/** Nothing that people read stands in the code of a page, and no text is kept that no page says. Both by the syntax tree of the sources. */
import { expect, test } from "bun:test";
import { Glob } from "bun";
import { parseSync } from "vite";

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };
type Source = { readonly file: string; readonly text: string; readonly tree: Node };

const WEB = new URL("..", import.meta.url).pathname;
const sources: Source[] = [...new Glob("**/*.{ts,tsx}").scanSync(WEB)]
  .filter((file) => !/(?:\.test|\.journey|\.d)\.ts$|^(?:journeys|plugins)\/|\/testing\//.test(file))
  .sort()
  .map((file) => {
    const text = new TextDecoder().decode(Bun.mmap(WEB + file));
    return { file, text, tree: parseSync(file, text).program as unknown as Node };
  });

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === "string";

/** Every node below `node`, itself first; `enter` says whether to go further down. */
function walk(node: Node, enter: (node: Node) => boolean): void {
  if (!enter(node)) return;
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) walk(each, enter);
}

/** Attributes and props that are read out or shown. */
const SHOWN =
  /^(?:alt|title|label|text|hint|placeholder|heading|lead|aria-(?:label|description|roledescription|valuetext|placeholder))$/;
/** Names, units and marks are the same in every language. */
const SAME = /^(?:TheraPsy Connect|min|DE|EN)$/;
const isWords = (text: string) => /\p{L}{2}/u.test(text) && !SAME.test(text.trim());

/** What a string in code says by itself; what is put into a template is its caller's. */
function wordsOf(node: Node): string {
  if (node.type === "JSXText" || node.type === "Literal")
    return typeof node.value === "string" ? node.value : "";
  if (node.type !== "TemplateLiteral") return "";
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(" ");
}

/** The values that an expression can have: both sides of `a ? b : c`, `a || b`, `a ?? b`, the right one of `a && b`. */
function outcomes(node: Node): Node[] {
  const side = (name: string) => outcomes(node[name] as Node);
  if (node.type === "ConditionalExpression") return [...side("consequent"), ...side("alternate")];
  if (node.type === "LogicalExpression")
    return node.operator === "&&" ? side("right") : [...side("left"), ...side("right")];
  return [node];
}

/** What a program reads or writes is no language. */
const SAMPLE = /^(?:code|pre|Sample)$/;
const nameOf = (node: Node) => String(((node.openingElement as Node).name as Node).name);

/** Texts in the markup of a source that do not come out of a dictionary. */
function strayTexts({ tree, file, text }: Source): string[] {
  const found: string[] = [];
  const look = (node: Node) => {
    const words = wordsOf(node);
    const line = text.slice(0, node.start).split("\n").length;
    if (isWords(words)) found.push(`${file}:${line} ${words.trim()}`);
  };
  const expression = (node: unknown) => {
    if (!isNode(node)) return;
    if (node.type === "JSXExpressionContainer")
      for (const each of outcomes(node.expression as Node)) look(each);
    else look(node);
  };
  walk(tree, (node) => {
    if (node.type === "JSXElement" && SAMPLE.test(nameOf(node))) return false;
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      for (const child of node.children as Node[])
        if (child.type.match(/^JSX(?:Text|Expr)/)) expression(child);
    if (node.type === "JSXAttribute" && SHOWN.test(String((node.name as Node).name))) expression(node.value);
    return true;
  });
  return found;
}

test("no page says a word of its own: each comes out of a dictionary", () => {
  expect(sources.filter(({ file }) => file.endsWith(".tsx")).flatMap(strayTexts)).toEqual([]);
});

test("a word in markup is found wherever it can stand", () => {
  const text = `const A = () => <p title="Eins" class="nicht" data-x="nicht">Zwei {a ? "Drei" : t("k")} {b && \`Vier \${x}\`}
    <B label={c() || "Fünf"} onClick={() => go("nicht")}>TheraPsy Connect · {n()} min</B></p>;`;
  const tree = parseSync("a.tsx", text).program as unknown as Node;
  expect(strayTexts({ file: "a.tsx", text, tree }).map((each) => each.split(" ")[1])).toEqual(
    expect.arrayContaining(["Eins", "Zwei", "Drei", "Vier", "Fünf"]),
  );
  expect(strayTexts({ file: "a.tsx", text, tree }).join()).not.toContain("nicht");
});

/** Where `t` of a dictionary comes from, by the dictionary's name; those that are read as objects have tests of their own. */
const dictionaries = sources
  .filter(({ file, text }) => /^i18n\/[\w-]+\.ts$/.test(file) && text.includes("texts({ de, en })"))
  .map(({ file, text }) => ({ module: file, name: /\.\/de\/([\w-]+)\.ts/.exec(text)?.[1] ?? "" }));

/** Strings of a source as patterns: what is put into a template may be anything. */
function said({ tree }: Source): RegExp[] {
  const patterns: RegExp[] = [];
  const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  walk(tree, (node) => {
    if (node.type === "Literal" && typeof node.value === "string" && node.value !== "")
      patterns.push(new RegExp(`^${quote(node.value)}$`));
    if (node.type === "TemplateLiteral" && /\w/.test(wordsOf(node))) {
      const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => quote(value.cooked));
      patterns.push(new RegExp(`^${parts.join(".+")}$`));
    }
    return true;
  });
  return patterns;
}

const keysOf = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path ? `${path}.${key}` : key))
    : [path];

test.each(dictionaries)("every text of $name is said somewhere", async ({ module, name }) => {
  const users = sources.filter(
    ({ file, text }) => file === module || new RegExp(`/${module.slice("i18n/".length)}"`).test(text),
  );
  const patterns = users.flatMap(said);
  const [dictionary] = Object.values(await import(`./de/${name}.ts`));
  const unused = keysOf(dictionary).filter((key) => !patterns.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});
