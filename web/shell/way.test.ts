/** The service worker touches the files of its build and pages without a secret; nothing of a call, a link or the API. */
import { describe, expect, test } from "bun:test";
import { wayOf } from "./way.ts";

const HOME = "https://praxis.example";
const KNOWN = {
  files: new Set(["/assets/app-h4sh.js"]),
  first: new Set(["/early.js", "/assets/app-h4sh.js"]),
};
const way = (path: string, mode: RequestMode = "cors", method = "GET") =>
  wayOf({ method, mode, url: new URL(path, HOME).href }, HOME, KNOWN);

describe("[R10] what is kept", () => {
  test("a file of this build, by its exact name", () => {
    expect(way("/assets/app-h4sh.js")).toBe("file");
  });

  test.each([
    "/assets/app-0ther.js",
    "/assets/app-h4sh.js?x",
    "/assets/",
    "/sw.js",
    "/api/vault",
    "/api/session",
    "/",
    "/j",
    "https://elsewhere.example/assets/app-h4sh.js",
  ])("%s is not", (path) => {
    expect(way(path)).toBe("none");
  });

  test("a file of the offline page whose name has no hash comes from the server as long as there is one", () => {
    expect(way("/early.js", "no-cors")).toBe("fresh");
    expect(way("/early.js?x", "no-cors")).toBe("none");
  });

  test("what is sent is never touched", () => {
    expect(way("/assets/app-h4sh.js", "cors", "POST")).toBe("none");
    expect(way("/", "navigate", "POST")).toBe("none");
  });
});

describe("navigations", () => {
  test.each(["/", "/login", "/clients", "/call/abc", "/journal", "/connections", "/privacy"])(
    "%s gets the offline page where nobody answers",
    (path) => {
      expect(way(path, "navigate")).toBe("page");
    },
  );

  test.each([
    "/j#1AAAA",
    "/j",
    "/j/",
    "/j%231AAAA",
    "/x%252523y",
    "/connect",
    "/invite#1AAAA",
    "/invite%231AAAA",
    "/api/calendar/abc.ics",
    "/api",
    "/signal",
    "/media",
    "https://elsewhere.example/",
  ])("%s goes by", (path) => {
    expect(way(path, "navigate")).toBe("none");
  });
});
