/** The manifest: its icons are there in the sizes it names, its colours are the tokens', and no client's page has one. */
import { expect, test } from "bun:test";
import { imageSize } from "image-size";

const read = (path: string) => Bun.file(new URL(path, import.meta.url));
const manifest = await read("../public/app.webmanifest").json();
const dashboard = await read("../index.html").text();
const client = await read("../client.html").text();
const css = await read("../styles/tokens.css").text();
const [light, dark] = [...css.matchAll(/--ground: (#\w{6});/g)].map((found) => found[1] ?? "");

type Icon = { src: string; sizes: string; purpose: string };

test("starts at the therapist's dashboard, and no address in it carries a secret", () => {
  expect(manifest.start_url).toBe("/");
  const addresses = [
    manifest.id,
    manifest.scope,
    ...manifest.shortcuts.map(({ url }: { url: string }) => url),
  ];
  for (const address of addresses) expect(address).toMatch(/^\/[a-z]*$/);
});

test("each icon has the size it names, and one of each size may be cut to a circle", async () => {
  const icons: Icon[] = manifest.icons;
  for (const { src, sizes } of icons.filter(({ src }) => src.endsWith(".png"))) {
    const { width, height, type } = imageSize(await read(`../public${src}`).bytes());
    expect([src, `${width}x${height}`, type]).toEqual([src, sizes, "png"]);
  }
  const maskable = icons.filter(({ purpose }) => purpose === "maskable").map(({ sizes }) => sizes);
  expect(maskable).toEqual(["192x192", "512x512"]);
});

test("the bar of the system has the ground's colour in both themes", () => {
  expect([manifest.theme_color, manifest.background_color]).toEqual([light, light]);
  for (const page of [dashboard, client])
    expect([...page.matchAll(/name="theme-color" content="(#\w{6})"/g)].map((found) => found[1])).toEqual([
      light ?? "",
      dark ?? "",
    ]);
});

test("[R10] a client's page offers nothing to install: it would be the link that is kept", () => {
  expect(dashboard).toContain('rel="manifest"');
  expect(client).not.toContain("manifest");
});
