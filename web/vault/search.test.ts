/** Finding an entry among many, however it is typed. */
import { describe, expect, test } from "bun:test";
import type { ItemId } from "../../wire/ids.ts";
import type { ClientRecord, VaultRecord } from "./records.ts";
import { NO_DETAILS, NOTHING_BEFORE } from "./records.ts";
import { entriesOf, matching, titleOf } from "./search.ts";

const client = (id: string, name: string | null = null): ClientRecord => {
  const nothing = {
    code: null,
    note: "geheim",
    links: [],
    devices: [],
    calls: [],
    revoked: [],
    consents: [],
  };
  return { t: "client", id, name, createdAt: 1, ...nothing };
};
const group = (name: string): VaultRecord => ({ t: "group", name, clients: [], note: "", createdAt: 1 });
const filed = (...records: VaultRecord[]) =>
  entriesOf(new Map(records.map((record, at) => [String(at).padStart(32, "0") as ItemId, record])));
const titles = (entries: ReturnType<typeof filed>, query: string) =>
  matching(entries, query).map(({ record }) => titleOf(record));

const all = filed(
  client("K-10"),
  client("K-7"),
  client("X 1", "Jürgen Müßig"),
  client("X 2", "Zoë Arm"),
  client("X 3", "Änne Weiß"),
  group("Mittwochsgruppe"),
  {
    t: "settings",
    oneByOne: false,
    relayOnly: false,
    newCodes: false,
    practice: NO_DETAILS,
    before: NOTHING_BEFORE,
    reach: "",
    minutes: 50,
    changedAt: 1,
  },
);

test("the order is that of names, numbers by their size, accents beside their letter", () => {
  expect(titles(all, "")).toEqual(["Änne Weiß", "Jürgen Müßig", "K-7", "K-10", "Mittwochsgruppe", "Zoë Arm"]);
});

describe("search", () => {
  test.each([
    ["müssig", ["Jürgen Müßig"]],
    ["MUESSIG", ["Jürgen Müßig"]],
    ["mussig jur", ["Jürgen Müßig"]],
    ["ju\u0308rgen", ["Jürgen Müßig"]],
    ["zoe", ["Zoë Arm"]],
    ["aenne", ["Änne Weiß"]],
    ["weiss", ["Änne Weiß"]],
    ["x2", ["Zoë Arm"]],
    ["k 7", ["K-7"]],
    ["K1", ["K-10"]],
    ["gruppe", ["Mittwochsgruppe"]],
    ["geheim", []],
    ["  ", ["Änne Weiß", "Jürgen Müßig", "K-7", "K-10", "Mittwochsgruppe", "Zoë Arm"]],
  ])("%p finds what is meant", (query, found) => {
    expect(titles(all, query)).toEqual(found);
  });

  test("a record that was changed is found by its new name, no longer by the old one", () => {
    const before = client("X", "Anna");
    expect(titles(filed(before), "anna")).toEqual(["Anna"]);
    expect(titles(filed({ ...before, name: "Berta" }), "anna")).toEqual([]);
  });

  test("500 entries are sorted and searched within a frame or two", () => {
    const many = Array.from({ length: 500 }, (_, at) => client(`K-${at}`, `Vörname ${at % 97}`));
    const start = performance.now();
    expect(matching(filed(...many), "vorname k-499").length).toBe(1);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
