import { expect, test } from "bun:test";
import { NODE_NAME_MAX, nodeName, pathAt } from "./node.ts";

test("a name is safe in a path", () => {
  for (const good of ["a", "node-2", "0", "x".repeat(NODE_NAME_MAX)]) expect(nodeName(good)).toBe(good);
  const bad = ["", "A", "-a", "a/b", "..", "a b", "ä", "x".repeat(NODE_NAME_MAX + 1), 3, null];
  for (const name of bad) expect(nodeName(name)).toBeUndefined();
});

test("a path leads to a node, or to any", () => {
  expect(pathAt(null, "/signal")).toBe("/signal");
  expect(pathAt("b", "/media")).toBe("/n/b/media");
});
