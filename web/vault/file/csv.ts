/** The Kartei as a table: written for spreadsheets and practice programs, read from them. It is not encrypted, and the pages say so. */
import Papa from "papaparse";
import type { Identity } from "../../../wasm/identity.ts";
import { CLIENT_ID_MAX, normalClientId } from "../../../wire/names.ts";
import { linkOfClient } from "../clients.ts";
import { shownCode } from "../codes.ts";
import { groupsOf } from "../entries.ts";
import { ITEMS_MAX } from "../manifest.ts";
import type { Records } from "../merge.ts";
import { NAME_TYPED_MAX, NOTE_TYPED_MAX } from "../records.ts";
import { entriesOf } from "../search.ts";
import { guarded, unguarded } from "./formula.ts";

/** Heads of the columns in the language of the page: ID, name, note, code, link, groups. */
export type Heads = readonly [string, string, string, string, string, string];

/** By this mark Excel knows UTF-8. */
const MARK = "\uFEFF";

/** The table, one client a row. `delimiter` as the spreadsheets of the language want it. */
export function csvOf(
  records: Records,
  identity: Identity | null,
  origin: string,
  heads: Heads,
  delimiter: "," | ";",
): string {
  const rows = entriesOf(records).flatMap(({ item, record }) => {
    if (record.t !== "client") return [];
    const link = identity && record.links.length > 0 ? linkOfClient({ item, record }, identity, origin) : "";
    const groups = groupsOf(records, item).map((group) => group.record.name);
    return [[record.id, record.name ?? "", record.note, shownCode(record), link, groups.join(" | ")]];
  });
  return MARK + Papa.unparse([[...heads], ...rows.map((row) => row.map(guarded))], { delimiter });
}

/** One row that can be taken in; `row` as a spreadsheet counts. */
export type CsvClient = {
  readonly row: number;
  readonly id: string;
  readonly name: string;
  readonly note: string;
};
/** Rows that cannot, by why. */
export type CsvFaults = Readonly<Record<"noId" | "longId" | "longName" | "longNote", readonly number[]>>;
export type CsvRead = { readonly clients: readonly CsvClient[]; readonly faults: CsvFaults };
/** `columns`: no column of IDs · `rows`: more than a vault holds · `broken`: no table at all. */
export type CsvRefused = "columns" | "rows" | "broken";

/** Reads a table. Columns are found by their heads, German or English, in any order; what has no known head is left out. */
export function readCsv(text: string): CsvRead | CsvRefused {
  const bare = text.replace(MARK, "");
  const { data, errors } = Papa.parse<string[]>(bare, {
    delimiter: delimiterOf(bare),
    preview: ITEMS_MAX + 2,
    skipEmptyLines: false,
  });
  if (errors.some(({ type }) => type === "Quotes") || text.includes("\u0000")) return "broken";
  const [head = [], ...rows] = data;
  const at = columnsOf(head);
  if (at === null) return "columns";
  if (rows.length > ITEMS_MAX) return "rows";
  return sorted(
    rows.flatMap((cells, index) => {
      const cell = (column: number) => unguarded(cells[column] ?? "");
      const isEmpty = cells.every((each) => each.trim() === "");
      const [id, name, note] = [cell(at.id).trim(), cell(at.name).trim(), cell(at.note)];
      return isEmpty ? [] : [{ row: index + 2, id, name, note }];
    }),
  );
}

/** What separates the heads: the one that gives most of them, since an ID alone needs none. */
function delimiterOf(text: string): string {
  const heads = ([";", ",", "\t"] as const).map((delimiter) => {
    const [head = []] = Papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
    return { delimiter, columns: columnsOf(head) === null ? 0 : head.length };
  });
  return heads.reduce((best, next) => (next.columns > best.columns ? next : best)).delimiter;
}

/** What columns are called, by programs and by us. */
const HEADS = {
  id: /^(klient(:?innen)?-?id|client[ -]?id|chiffre|id)$/,
  name: /^(name|bezeichnung)$/,
  note: /^(notiz(en)?|notes?|bemerkung(en)?)$/,
};

function columnsOf(head: readonly string[]): Readonly<Record<keyof typeof HEADS, number>> | null {
  const find = (what: RegExp) => head.findIndex((cell) => what.test(cell.trim().toLowerCase()));
  const id = find(HEADS.id);
  return id < 0 ? null : { id, name: find(HEADS.name), note: find(HEADS.note) };
}

function sorted(rows: readonly CsvClient[]): CsvRead {
  const clients: CsvClient[] = [];
  const faults = {
    noId: [] as number[],
    longId: [] as number[],
    longName: [] as number[],
    longNote: [] as number[],
  };
  for (const row of rows) {
    const fault = faultOf(row);
    if (fault) faults[fault].push(row.row);
    else clients.push(row);
  }
  return { clients, faults };
}

function faultOf({ id, name, note }: CsvClient): keyof CsvFaults | null {
  if (normalClientId(id) === null) return [...id].length > CLIENT_ID_MAX ? "longId" : "noId";
  if (name.length > NAME_TYPED_MAX) return "longName";
  return note.length > NOTE_TYPED_MAX ? "longNote" : null;
}
