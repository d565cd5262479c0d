/** Builds the page that the journey of sound measures with: the product's parts, and nothing around them. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../../../.cache/sound-page", import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // libopus asks for `node:module` only where it runs in Node
  worker: { format: "es", rolldownOptions: { external: ["node:module"] } },
});
