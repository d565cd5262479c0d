/** What the build does to pages beyond bundling: Trusted Types inside Solid, integrity in tags. */
import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { withIntegrity } from "./integrity.ts";
import { behindPolicy } from "./trusted-types.ts";

const solid = readFileSync(new URL("../../node_modules/solid-js/web/dist/web.js", import.meta.url), "utf8");

describe("[e2ee 1.3] trusted types", () => {
  test("the template sink of the installed Solid goes through the policy", () => {
    const code = behindPolicy(solid);
    expect(code).toContain("solidHtml.createHTML(html)");
    expect(code).not.toContain("t.innerHTML = html;");
  });

  test("another Solid fails the build", () => {
    expect(() => behindPolicy(solid.replace("t.innerHTML = html;", "t.innerHTML=html;"))).toThrow("changed");
    expect(() => behindPolicy(`${solid}\nt.innerHTML = html;`)).toThrow("changed");
  });
});

describe("[e2ee 1.3] integrity", () => {
  const bytes = new TextEncoder().encode("one");
  const sum = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  const read = (path: string) => (path === "assets/a.js" || path === "assets/a.css" ? bytes : null);

  test("scripts and style sheets of the build get theirs", () => {
    const html = `<script type="module" crossorigin src="/assets/a.js"></script><link rel="stylesheet" href="/assets/a.css">`;
    const done = withIntegrity(html, read);
    expect(done.split(`integrity="${sum}"`).length).toBe(3);
    expect(done).toContain("</script>");
  });

  test("what is not of the build is left alone, and nothing twice", () => {
    const html = `<link rel="icon" href="/mark.svg"><script src="/assets/b.js"></script>`;
    expect(withIntegrity(html, read)).toBe(html);
    const once = withIntegrity(`<script src="/assets/a.js"></script>`, read);
    expect(withIntegrity(once, read)).toBe(once);
  });
});
