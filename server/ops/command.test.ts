import { expect, test } from "bun:test";
import { resolve } from "node:path";
import type { UserName } from "../../wire/names.ts";
import { dayIn, monthIn } from "../billing/day.ts";
import { type Command, readCommand } from "./command.ts";
import { UsageError } from "./usage.ts";

const day = (text: string) => dayIn(text) ?? 0;
const TODAY = day("2026-11-25");
const anna = "anna.muster" as UserName;
const read = (line: string) => readCommand(line.split(" "), TODAY);
const voucher = {
  do: "voucher",
  account: "points",
  amount: 20_000,
  days: null,
  count: 1,
  until: null,
} as const;
const grant = { do: "grant", user: anna, account: "points", amount: 400, days: null, key: null } as const;
const group = {
  do: "tariff set",
  kind: "group",
  price: 1500,
  free: false,
  from: TODAY,
  until: null,
} as const;

test.each<[string, Command]>([
  ["voucher points 20", voucher],
  ["voucher points 0.001", { ...voucher, amount: 1 }],
  ["voucher points 1000000 --count 1000", { ...voucher, amount: 1_000_000_000, count: 1000 }],
  ["voucher points 20 --redeem-until 2026-11-25", { ...voucher, until: TODAY }],
  ["voucher package 9000", { ...voucher, account: "package", amount: 9000 }],
  [
    "voucher package 1000000 --days 365 --count 2",
    { ...voucher, account: "package", amount: 1_000_000, days: 365, count: 2 },
  ],
  ["grant anna.muster points 0,4", grant],
  ["grant Anna.Muster points 0.4 --key rechnung-17", { ...grant, key: "rechnung-17" }],
  ["grant anna.muster package 1 --days 1", { ...grant, account: "package", amount: 1, days: 1 }],
  ["tariff list", { do: "tariff list" }],
  ["second-factor remove Anna.Berg", { do: "second-factor remove", user: "anna.berg" as UserName }],
  ["tariff set group 1.5", group],
  ["tariff set single 0 --free", { ...group, kind: "single", price: 0, free: true }],
  [
    "tariff set group 1,5 --from 2026-12-01 --until 2026-12-01",
    { ...group, from: day("2026-12-01"), until: day("2026-12-01") },
  ],
  ["tariff set group 1000 --until 2026-11-25", { ...group, price: 1_000_000, until: TODAY }],
  ["practices", { do: "practices", user: null }],
  ["practices Anna.Muster", { do: "practices", user: anna }],
  ["practice lock Anna.Muster", { do: "practice lock", user: anna }],
  ["practice unlock anna.muster", { do: "practice unlock", user: anna }],
  ["practice delete anna.muster", { do: "practice delete", user: anna, confirmed: false }],
  [
    "practice delete anna.muster --confirm Anna.Muster",
    { do: "practice delete", user: anna, confirmed: true },
  ],
  ["retention now", { do: "retention now" }],
  ["backup /var/backups/a.db", { do: "backup", path: "/var/backups/a.db" }],
  ["restore a.db", { do: "restore", path: resolve("a.db") }],
  ["check", { do: "check" }],
  ["correct 17", { do: "correct", entry: 17 }],
  ["balance anna.muster", { do: "balance", user: anna }],
  [
    "statement anna.muster 2026-11",
    { do: "statement", user: anna, month: monthIn("2026-11") ?? never(), lang: "de" },
  ],
  [
    "statement anna.muster 2026-11 --lang en",
    { do: "statement", user: anna, month: monthIn("2026-11") ?? never(), lang: "en" },
  ],
])("understood: %s", (line, command) => {
  expect(read(line)).toEqual(command);
});

test.each([
  ["", "no command"],
  ["constructor", "no command"],
  ["tariff", "no command"],
  ["tariff drop", "no command"],
  ["practice", "no command"],
  ["practice lock", "missing"],
  ["practice lock anna.muster --confirm anna.muster", "does not go with practice lock"],
  ["practice delete anna.muster --confirm anna.mustre", "names somebody else"],
  ["voucher", "missing"],
  ["voucher points", "missing"],
  ["voucher points 20 21", "too many"],
  ["voucher euros 20", "points"],
  ["voucher points 0", "from 0.001 to 1000000"],
  ["voucher points 1000000.001", "from 0.001 to 1000000"],
  ["voucher points 0.0001", "three decimals"],
  ["voucher points 1e3", "from 0.001"],
  ["voucher points .5", "from 0.001"],
  ["voucher points -- -20", "from 0.001"],
  ["voucher points -20", "Unknown option"],
  ["voucher points 20 --count 0", "from 1 to 1000"],
  ["voucher points 20 --count 1001", "from 1 to 1000"],
  ["voucher points 20 --count -1", "--count"],
  ["voucher points 20 --days 3", "for packages"],
  ["voucher points 20 --redeem-until 2026-11-24", "in the past"],
  ["voucher points 20 --redeem-until 2026-02-30", "must be a day"],
  ["voucher points 20 --key x", "does not go with voucher"],
  ["voucher package 0", "from 1 to 1000000"],
  ["voucher package 1000001", "from 1 to 1000000"],
  ["voucher package 0.5", "whole number"],
  ["voucher package 5 --days 0", "from 1 to 3650"],
  ["voucher package 5 --days 3651", "from 1 to 3650"],
  ["grant an points 20", "user name"],
  ["grant anna.muster points 20 --count 2", "does not go with grant"],
  ["grant anna.muster points 20 --key", "--key"],
  ["grant anna.muster points 20 --key=", "1 to 200"],
  [`grant anna.muster points 20 --key ${"k".repeat(201)}`, "1 to 200"],
  ["tariff list now", "too many"],
  ["tariff set both 1", "single or group"],
  ["tariff set group -1", "nknown option"],
  ["tariff set group 1000.001", "from 0 to 1000"],
  ["tariff set group 1 --from 2026-11-24", "in the past"],
  ["tariff set group 1 --until 2026-11-24", "before 2026-11-25"],
  ["tariff set group 1 --from 2026-12-02 --until 2026-12-01", "before 2026-12-02"],
  ["correct 0", "whole number"],
  ["correct x", "whole number"],
  ["balance", "missing"],
  ["practices a b", "too many"],
  ["practices a!", "user name"],
  ["retention", "no command"],
  ["retention now 3", "too many"],
  ["backup", "missing"],
  ["backup a b", "too many"],
  ["backup a --key x", "does not go with backup"],
  [`restore ${"x".repeat(4096)}`, "Name a file"],
  ["restore a\0b", "Name a file"],
  ["check all", "too many"],
  ["statement anna.muster 2026-13", "no month"],
  ["statement anna.muster 2026-11 --lang fr", "de, en"],
  ["balance anna.muster --verbose", "Unknown option"],
])("refused: %s", (line, sentence) => {
  expect(() => read(line)).toThrow(UsageError);
  expect(() => read(line)).toThrow(sentence);
});

test("a key of 200 characters is just taken", () => {
  expect(read(`grant anna.muster points 20 --key ${"k".repeat(200)}`)).toMatchObject({
    key: "k".repeat(200),
  });
});

test("every refusal is one sentence, however much was typed", () => {
  for (const line of ["x".repeat(9999), `balance ${"x".repeat(9999)}`, "voucher points 20 --count"]) {
    try {
      read(line);
    } catch (error) {
      expect(String(error).length).toBeLessThan(200);
      expect(String(error)).not.toContain("\n");
    }
  }
});

function never(): never {
  throw new Error("no month");
}
