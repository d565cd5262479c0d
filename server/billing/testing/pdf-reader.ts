/** Reads what a PDF shows, page by page, without the library that wrote it: for tests. Knows Flate streams and hex strings in the encoding
 * of Western Europe, and follows the table of objects from the end as a reader does. */
import { inflateSync } from "node:zlib";

/** A text and where it stands: points from the lower edge of its page. */
export type Shown = { readonly text: string; readonly y: number };

/** The texts of each page in the order they were drawn. Throws where the document is broken. */
export function readPdf(bytes: Uint8Array): Shown[][] {
  const text = Buffer.from(bytes).toString("latin1");
  if (!text.startsWith("%PDF-1.") || !text.trimEnd().endsWith("%%EOF")) throw new Error("no PDF");
  const objects = objectsOf(text);
  const object = (n: string | undefined) => objects.get(Number(n)) ?? "";
  const root = object(/\/Root (\d+) 0 R/.exec(text)?.[1]);
  const pages = object(/\/Pages (\d+) 0 R/.exec(root)?.[1]);
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(pages)?.[1] ?? "").matchAll(/(\d+) 0 R/g)];
  if (Number(/\/Count (\d+)/.exec(pages)?.[1]) !== kids.length) throw new Error("pages are missing");
  return kids.map(([, page]) => linesOf(object(/\/Contents (\d+) 0 R/.exec(object(page))?.[1])));
}

/** Objects by their number, each where the table says. */
function objectsOf(text: string): Map<number, string> {
  const at = Number(/startxref\s+(\d+)\s+%%EOF/.exec(text)?.[1]);
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] ?\r?\n)+)/.exec(text.slice(at));
  if (table === null) throw new Error("no table of objects");
  const offsets = [...(table[2] ?? "").matchAll(/(\d{10}) \d{5} ([nf])/g)];
  if (offsets.length !== Number(table[1])) throw new Error("the table of objects has another length");
  const found = new Map<number, string>();
  for (const [n, [, offset, state]] of offsets.entries()) {
    if (state === "f") continue;
    const body = text.slice(Number(offset));
    if (!body.startsWith(`${n} 0 obj`)) throw new Error(`object ${n} is elsewhere`);
    found.set(n, body.slice(0, body.indexOf("\nendobj")));
  }
  return found;
}

function linesOf(object: string): Shown[] {
  const [, dictionary = "", data = ""] = /^([\s\S]*?)stream\r?\n([\s\S]*)\nendstream/.exec(object) ?? [];
  const raw = Buffer.from(data, "latin1");
  const content = dictionary.includes("/FlateDecode") ? inflateSync(raw) : raw;
  const shown = content.toString("latin1").matchAll(/1 0 0 1 \S+ (\S+) Tm\s[^[]*\[([^\]]*)\] TJ/g);
  return [...shown].map(([, y, pieces = ""]) => {
    const codes = [...pieces.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ""]) => hex).join("");
    return { text: new TextDecoder("windows-1252").decode(Buffer.from(codes, "hex")), y: Number(y) };
  });
}
