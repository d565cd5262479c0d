/** Rules of the field that are a matter of words: what can be read without login, what an invitation says, and that nothing advertises. */
import { describe, expect, test } from "bun:test";
import { Glob } from "bun";
import { app } from "./de/app.ts";
import { legal as de } from "./de/legal.ts";
import { legal as en } from "./en/legal.ts";

const PAGES = ["imprint", "privacy", "terms"] as const;
const WEB = new URL("..", import.meta.url).pathname;
const textOf = (page: (typeof PAGES)[number]) => JSON.stringify(de[page]);

describe("[R13] imprint, privacy and terms", () => {
  test("are whole in German, section by section what English says", () => {
    for (const page of PAGES) {
      expect(de[page].sections.length).toBe(en[page].sections.length);
      for (const [at, section] of de[page].sections.entries()) {
        expect(section.text.join(" ").length).toBeGreaterThan(40);
        expect(section.list?.length).toBe(en[page].sections[at]?.list?.length);
      }
    }
  });

  test("say who is responsible, what is kept until when, which rights there are, and that software is not certified", () => {
    for (const part of [
      "Art. 4 Nr. 7 DSGVO",
      "Art. 6 Abs. 1",
      "Art. 15 bis 21 DSGVO",
      "Aufsichtsbehörde",
      "Löschfrist",
      "Buchungen",
    ])
      expect(textOf("privacy")).toContain(part);
    expect(de.retention(14)).toContain("14 Tage");
    for (const part of ["Konto", "Pflichten der Therapeut:innen", "Haftung", "keine Software"])
      expect(textOf("terms")).toContain(part);
  });

  test("stand among the pages for everybody, none behind the log-in", async () => {
    const routes = await Bun.file(`${WEB}routes.tsx`).text();
    for (const page of PAGES)
      expect(routes).toContain(`<Route path="/${page}" component={() => <Legal page="${page}" />} />`);
    expect(await Bun.file(`${WEB}pages/legal.tsx`).text()).not.toContain("private");
  });
});

test("[AT7] the imprint names the operator by law, whom the settings name", () => {
  expect(textOf("imprint")).toContain("§ 5 DDG, in Österreich § 5 ECG");
  expect(de.operatorMissing).toContain("keine Anschrift");
});

test("[AT5] an invitation says nothing of health and names nobody", () => {
  const { subject, text } = app.send;
  expect(typeof subject === "string" && typeof text === "string").toBe(true);
  expect(`${subject} ${text}`).not.toMatch(
    /therap|psych|praxis|patient|klient|behandl|sitzung|krank|gesundheit|diagnos|ärzt|arzt/i,
  );
});

describe("[R14] no advertising", () => {
  const sources = [...new Glob("**/*.{ts,tsx,html,css}").scanSync(WEB)].filter(
    (file) => !/test|journey/.test(file),
  );

  test("no page loads from, or knows of, who sells places or counts visitors", async () => {
    expect(sources.length).toBeGreaterThan(200);
    for (const file of sources) {
      const text = await Bun.file(WEB + file).text();
      expect([
        file,
        /adsbygoogle|doubleclick|googletag|gtag\(|adservice|matomo|facebook\.net|sponsored/i.test(text),
      ]).toEqual([file, false]);
    }
  });

  test("the only word of advertising is that there is none", async () => {
    const said: string[] = [];
    for (const file of sources.filter((each) => each.startsWith("i18n/de/"))) {
      const text = await Bun.file(WEB + file).text();
      for (const [, words = ""] of text.matchAll(/(\S+ \S*\bWerbung)\b/g)) said.push(words);
    }
    expect(said.every((words) => /keine Werbung/i.test(words))).toBe(true);
    expect(said.length).toBeGreaterThan(0);
  });
});
