import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tcpCongestion } from "./congestion.ts";

test("[A9] the known ones by name, all else as other", () => {
  const folder = mkdtempSync(join(tmpdir(), "tcp-"));
  const said = ["bbr\n", "cubic\n", "reno\n", "a secret\n"].map((text) => {
    writeFileSync(join(folder, "one"), text);
    return tcpCongestion(join(folder, "one"));
  });
  expect(said).toEqual(["bbr", "cubic", "reno", "other"]);
  expect(tcpCongestion(join(folder, "none"))).toBe("other");
  rmSync(folder, { recursive: true });
});
