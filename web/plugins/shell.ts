/** Builds the service worker as `/sw.js` and writes into it which files this build has. Every build with other files is another worker. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const SOURCE = fileURLToPath(new URL("../shell/shell.worker.ts", import.meta.url));
const OFFLINE = "offline.html";
const LINKED = /\b(?:src|href)="(\/[^"]+)"/g;

export type Shell = { files: string[]; first: string[]; version: string };

/** `assets`: names in the folder of hashed files. `offline`: the HTML of the offline page. */
export function shellOf(assets: readonly string[], offline: string): Shell {
  const files = assets
    .filter((name) => !/\.(?:br|gz)$/.test(name))
    .map((name) => `/assets/${name}`)
    .sort();
  const linked = [...offline.matchAll(LINKED)].map(([, path]) => path ?? "");
  const first = [`/${OFFLINE}`, ...new Set(linked)];
  const version = createHash("sha256").update(files.join()).update(offline).digest("hex").slice(0, 16);
  return { files, first, version };
}

/** The worker's code with the shell in it. Throws where it has become a module: not every browser starts one as a service worker. */
export function withShell(code: string, shell: Shell): string {
  if (/^\s*(?:import|export)\b/m.test(code))
    throw new Error("the service worker shares code with the pages: see web/plugins/shell.ts");
  return `const SHELL=${JSON.stringify(shell)};\n${code}`;
}

export function shell(): Plugin {
  return {
    name: "shell",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: SOURCE, fileName: "sw.js" });
    },
    writeBundle: {
      sequential: true,
      order: "post",
      handler({ dir = "" }) {
        const file = join(dir, "sw.js");
        const made = shellOf(readdirSync(join(dir, "assets")), readFileSync(join(dir, OFFLINE), "utf8"));
        writeFileSync(file, withShell(readFileSync(file, "utf8"), made));
      },
    },
  };
}
