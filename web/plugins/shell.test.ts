/** What the build writes into the service worker: its own files, a version that changes with them, and nothing that some browser cannot start. */
import { expect, test } from "bun:test";
import { shellOf, withShell } from "./shell.ts";

const OFFLINE = `<link rel="icon" href="/mark.svg"><img src="/mark.svg"><script src="/assets/offline-1.js"></script>`;

test("names the hashed files, packed ones by their own name only, and what the offline page needs first", () => {
  const { files, first } = shellOf(["b-2.css", "a-1.js", "a-1.js.br", "a-1.js.gz"], OFFLINE);
  expect(files).toEqual(["/assets/a-1.js", "/assets/b-2.css"]);
  expect(first).toEqual(["/offline.html", "/mark.svg", "/assets/offline-1.js"]);
});

test("another file or another offline page is another version", () => {
  const versions = [
    shellOf(["a-1.js"], OFFLINE),
    shellOf(["a-2.js"], OFFLINE),
    shellOf(["a-1.js"], `${OFFLINE} `),
  ].map(({ version }) => version);
  expect(new Set(versions).size).toBe(3);
  expect(shellOf(["a-1.js"], OFFLINE).version).toBe(versions[0] ?? "");
});

test("a worker that has become a module fails the build", () => {
  const shell = shellOf([], OFFLINE);
  expect(withShell("self.x=1;", shell)).toStartWith('const SHELL={"files":[],');
  expect(() => withShell('import{a}from"./a.js";a()', shell)).toThrow("shares code");
  expect(() => withShell("let a;\nexport{a}", shell)).toThrow("shares code");
});
