/** The table of the Kartei: harmless to spreadsheets, read from whatever programs write, clear about what does not fit. */
import { beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Identity } from "../../../wasm/identity.ts";
import { linkKeys } from "../../../wasm/link.ts";
import { ready } from "../../../wasm/sodium.ts";
import type { ItemId } from "../../../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "../../../wire/junk.testing.ts";
import { normalClientId } from "../../../wire/names.ts";
import { ITEMS_MAX } from "../manifest.ts";
import { type ClientRecord, NAME_TYPED_MAX, NOTE_TYPED_MAX, type VaultRecord } from "../records.ts";
import { type CsvRead, csvOf, type Heads, readCsv } from "./csv.ts";
import { guarded, unguarded } from "./formula.ts";

beforeAll(ready);

const HEADS: Heads = ["Klient:innen-ID", "Name", "Notiz", "Zugangs-Code", "Link", "Gruppen"];
const item = (n: number) => n.toString(16).padStart(32, "0") as ItemId;

function client(id: string, more: Partial<ClientRecord> = {}): ClientRecord {
  const nothing = {
    code: null,
    name: null,
    note: "",
    links: [],
    devices: [],
    calls: [],
    revoked: [],
    consents: [],
  };
  return { t: "client", id, createdAt: 1, ...nothing, ...more };
}

function read(text: string): CsvRead {
  const found = readCsv(text);
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe("[bad input] a cell that a spreadsheet would run", () => {
  const bad = [
    "=1+1",
    "+4366",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "|cmd",
    "%0A",
    "＝1+1",
    "＠x",
    "'=1",
  ];
  test.each(bad)("%p is text, and comes back as it was", (text) => {
    expect(guarded(text)).toBe(`'${text}`);
    expect(unguarded(guarded(text))).toBe(text);
  });

  test("every text comes back as it was; harmless ones are written as they are", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...bad)), (text) => {
        expect(unguarded(guarded(text))).toBe(text);
        expect(/^[=+\-@\t\r\n|%＝＋－＠]/.test(guarded(text))).toBe(false);
      }),
    );
    expect([guarded("Anna"), unguarded("'s Gravenhage")]).toEqual(["Anna", "'s Gravenhage"]);
  });
});

describe("the table", () => {
  const identity = () => new Identity(new Uint8Array(32).fill(3));

  test("has names, codes, links and groups, and a note of several lines in one cell", () => {
    const secret = new Uint8Array(16).fill(4);
    const records = new Map<ItemId, VaultRecord>([
      [
        item(1),
        client("K-1", {
          name: "Anna; Berg",
          note: 'sagt "ja"\nund geht',
          links: [{ secret, rid: linkKeys(secret).rid, createdAt: 1 }],
        }),
      ],
      [item(2), { t: "group", name: "Mittwoch", clients: [item(1)], note: "", createdAt: 1 }],
    ]);
    const text = csvOf(records, identity(), "https://praxis.example", HEADS, ";");
    expect(text.startsWith("\uFEFFKlient:innen-ID;Name;")).toBe(true);
    expect(text).toContain('"Anna; Berg"');
    expect(text).toMatch(/;K-1;https:\/\/praxis\.example\/j#1[\w-]{43};Mittwoch$/);
    expect(read(text).clients).toEqual([
      { row: 2, id: "K-1", name: "Anna; Berg", note: 'sagt "ja"\nund geht' },
    ]);
  });

  test("what is written is read again, whatever it is, in both languages' forms", () => {
    const text = fc.string({ maxLength: 30 });
    const row = fc.record({ id: text, name: text, note: text });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.constantFrom(",", ";"), (rows, delimiter) => {
        const usable = rows.filter(({ id }) => normalClientId(id) !== null);
        const records = new Map(
          usable.map((each, n) => [
            item(n),
            client(each.id.trim(), { name: each.name.trim() || null, note: each.note }),
          ]),
        );
        const back = read(csvOf(records, null, "", HEADS, delimiter as "," | ";")).clients;
        const plain = (all: readonly { id: string; name: string | null; note: string }[]) =>
          all.map(({ id, name, note }) => [id, name ?? "", note]).sort();
        expect(plain(back)).toEqual(plain([...records.values()]));
      }),
    );
  });
});

describe("reading what other programs wrote", () => {
  test.each([
    ["commas", "id,name\nK-1,Anna\n"],
    ["semicolons, a mark and Windows lines", "\uFEFFChiffre;Name\r\nK-1;Anna\r\n"],
    ["tabs and other columns before", "Nr\tClient ID\tName\n1\tK-1\tAnna"],
    ["empty lines", "ID;Name\n\nK-1;Anna\n;\n"],
  ])("%s", (_, text) => {
    expect(read(text).clients.map(({ id, name }) => [id, name])).toEqual([["K-1", "Anna"]]);
  });

  test("[bad input] each row that does not fit is named by its number and why", () => {
    const rows = [
      "ID;Name;Notiz",
      "K-1;Anna;",
      ";Berta;",
      " - ;Cilli;",
      `${"x".repeat(65)};Dora;`,
      `K-5;${"n".repeat(NAME_TYPED_MAX + 1)};`,
      `K-6;Emma;${"n".repeat(NOTE_TYPED_MAX + 1)}`,
    ];
    const { clients, faults } = read(rows.join("\n"));
    expect(clients.map(({ id }) => id)).toEqual(["K-1"]);
    expect(faults).toEqual({ noId: [3, 4], longId: [5], longName: [6], longNote: [7] });
  });

  test("[bad input] no column of IDs, too many rows, no table at all", () => {
    expect(readCsv("Vorname;Nachname\nAnna;Berg")).toBe("columns");
    expect(readCsv("")).toBe("columns");
    expect(readCsv(`ID\n${"K\n".repeat(ITEMS_MAX + 1)}`)).toBe("rows");
    expect(readCsv('ID;Name\nK-1;"Anna')).toBe("broken");
    expect(readCsv("ID;Name\nK-1;\u0000")).toBe("broken");
  });

  test.each(FUZZ_SEEDS)("[bad input] junk never throws (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const good = ["ID;Name;Notiz\nK-1;Anna;x\n", 'id,name\n"K ""1""",B\n'].map((text) =>
      Uint8Array.from(Buffer.from(text)),
    );
    for (let step = fuzzSteps(300); step > 0; step--) {
      const found = readCsv(new TextDecoder().decode(junk(roll, good)));
      if (typeof found !== "string")
        for (const { id } of found.clients) expect(normalClientId(id)).not.toBeNull();
    }
  });
});
