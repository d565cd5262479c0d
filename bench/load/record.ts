/** `bun bench/load/record.ts`: records the load generator's fixture anew, in real Chromium. Wanted when the encoders' settings change. */
import { join } from "node:path";
import { encode } from "@msgpack/msgpack";
import { chromium } from "@playwright/test";
import { needChromium } from "../../scripts/chromium.ts";
import { FIXTURE_FILE, type Fixture } from "./fixture.ts";

const built = await Bun.build({ entrypoints: [join(import.meta.dir, "record.page.ts")], target: "browser" });
const script = (await built.outputs[0]?.text()) ?? "";
const html = '<!doctype html><script type="module" src="/page.js"></script>';
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: ({ url }) =>
    new Response(url.endsWith(".js") ? script : html, {
      headers: { "content-type": url.endsWith(".js") ? "text/javascript" : "text/html" },
    }),
});
const browser = await chromium.launch({ executablePath: await needChromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("console", (line) => console.error(line.text()));
page.on("pageerror", (error) => console.error(error.message));
await page.goto(server.url.href);
await page.waitForFunction(() => window.recorded !== undefined, undefined, { timeout: 60_000 });
/** Bytes cross from the page as numbers. */
const recorded = await page.evaluate(() => {
  const { from = "", sound = [], layers = [[], []] } = window.recorded ?? {};
  const plain = (bytes: Uint8Array) => [...bytes];
  return {
    from,
    sound: sound.map(plain),
    layers: layers.map((layer) => layer.map((one) => ({ ...one, chunk: plain(one.chunk) }))),
  };
});
const bytes = (numbers: readonly number[]) => Uint8Array.from(numbers);
const layer = (i: number) => (recorded.layers[i] ?? []).map((one) => ({ ...one, chunk: bytes(one.chunk) }));
const fixture: Fixture = {
  from: recorded.from,
  sound: recorded.sound.map(bytes),
  layers: [layer(0), layer(1)],
};
await Bun.write(FIXTURE_FILE, encode(fixture));
await browser.close();
await server.stop(true);
console.log(
  JSON.stringify({
    from: fixture.from,
    sound: fixture.sound.length,
    layers: fixture.layers.map((frames) =>
      frames.map(({ key, temporal, chunk }) => `${key ? "K" : temporal}${chunk.length}`).join(" "),
    ),
  }),
);
