/** Writes the SHA-384 of every script and style sheet into the tags that load it (e2ee.md §1.3). */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const TAG = /<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+\.(?:js|css))"[^>]*>/g;

/** `html` with an integrity attribute on each tag whose file `read` knows. */
export function withIntegrity(html: string, read: (path: string) => Uint8Array | null): string {
  return html.replace(TAG, (tag, path: string) => {
    const bytes = read(path);
    if (bytes === null || tag.includes("integrity=")) return tag;
    const sum = createHash("sha384").update(bytes).digest("base64");
    return tag.replace(/\s*\/?>$/, ` integrity="sha384-${sum}">`);
  });
}

export function integrity(): Plugin {
  return {
    name: "integrity",
    apply: "build",
    writeBundle: {
      sequential: true,
      order: "post",
      handler({ dir = "" }) {
        const read = (path: string) => (existsSync(join(dir, path)) ? readFileSync(join(dir, path)) : null);
        for (const name of readdirSync(dir).filter((file) => file.endsWith(".html"))) {
          const file = join(dir, name);
          writeFileSync(file, withIntegrity(readFileSync(file, "utf8"), read));
        }
      },
    },
  };
}
