/** Lays `file.br` and `file.gz` beside every text and program of the build, so that the server never compresses while a call runs. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(?:html|js|css|svg|json|txt|webmanifest|wasm|tflite)$/;
/** Higher: files that would gain are sent plain. Lower: files whose headers outweigh the gain get two copies. */
const LEAST_BYTES = 512;

export function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    closeBundle: {
      sequential: true,
      order: "post",
      handler() {
        const { root, build } = this.environment.config;
        const dir = resolve(root, build.outDir);
        const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) =>
          TEXT.test(name),
        );
        for (const name of names) compress(join(dir, name));
      },
    },
  };
}

function compress(file: string): void {
  const bytes = readFileSync(file);
  if (bytes.length < LEAST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
