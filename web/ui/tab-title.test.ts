/** The tab's title: named, counted, and disguised without a trace of what is under it. */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { countInTitle, disguiseTab, nameTab } from "./tab-title.ts";

const real = globalThis.document;
const page = { title: "", documentElement: { dataset: {} as { covered?: string } } };

beforeEach(() => {
  globalThis.document = page as unknown as Document;
  page.documentElement.dataset = {};
  page.title = "TheraPsy Connect";
  nameTab("");
  countInTitle(0);
});
afterAll(() => {
  globalThis.document = real;
});

test("names the page, and before it how many wait", () => {
  nameTab("Praxis");
  countInTitle(2);
  expect(page.title).toBe("(2) Praxis");
});

test("[R7] disguised it stays so, and what the page was called meanwhile comes with the way back", () => {
  nameTab("Praxis");
  disguiseTab("Notizen");
  nameTab("Gespräch");
  countInTitle(1);
  expect(page.title).toBe("Notizen");
  disguiseTab(null);
  expect(page.title).toBe("(1) Gespräch");
});

test("[R7] a page loaded anew under the disguise has its own name again afterwards", () => {
  page.title = "Notizen";
  page.documentElement.dataset.covered = "";
  nameTab("");
  expect(page.title).toBe("Notizen");
  disguiseTab("Notizen");
  page.documentElement.dataset = {};
  disguiseTab(null);
  expect(page.title).toBe("TheraPsy Connect");
});
