/** How the pages are built and served while developing: two entries and the offline page, nothing inlined, every byte from our own origin. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";
import { integrity } from "./plugins/integrity.ts";
import { precompress } from "./plugins/precompress.ts";
import { shell } from "./plugins/shell.ts";
import { trustedTypes } from "./plugins/trusted-types.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The product's server while developing; `bun run dev` sets it. */
const server = process.env.TPC_DEV_SERVER ?? "http://localhost:3000";

export default defineConfig({
  root: here("."),
  plugins: [solid(), trustedTypes(), integrity(), shell(), precompress()],
  // Browsers without these have no WebCodecs or no module workers; early.js tells their owners.
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: ["chrome111", "safari16.4", "firefox115"],
    // An inlined asset is a data: URL, which the Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: here("./index.html"),
        client: here("./client.html"),
        offline: here("./offline.html"),
      },
    },
  },
  // libopus asks for `node:module` only where it runs in Node
  worker: { format: "es", rolldownOptions: { external: ["node:module"] } },
  optimizeDeps: { include: ["libsodium-wrappers-sumo"] },
  server: {
    headers: {
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    },
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/signal": { target: server, ws: true, changeOrigin: false },
      "/media": { target: server, ws: true, changeOrigin: false },
    },
  },
});
