/** What was read from a file, as an import takes it in. */
import { type Bytes, sameBytes } from "../../../wire/bytes.ts";
import { type ItemId, newId } from "../../../wire/ids.ts";
import type { ClientRecord } from "../records.ts";
import type { FileContents } from "./contents.ts";
import type { CsvClient } from "./csv.ts";
import type { Incoming } from "./plan.ts";

/** Of a sealed file; `fingerprint` is that of the identity key here: only links that name it can work here. */
export function incomingOfFile(file: FileContents, fingerprint: Bytes | null): Incoming {
  const own = fingerprint !== null && sameBytes(file.identity, fingerprint);
  return { clients: file.clients, groups: file.groups, texts: own ? file.texts : [], own };
}

/** Of a table: ID, name and note; links and codes are made here. */
export function incomingOfCsv(rows: readonly CsvClient[], now: number): Incoming {
  const clients = rows.map((row) => ({ item: newId<ItemId>(), record: recordOf(row, now) }));
  return { clients, groups: [], texts: [], own: false };
}

function recordOf({ id, name, note }: CsvClient, now: number): ClientRecord {
  return {
    t: "client",
    id: id.normalize("NFKC").trim(),
    code: null,
    name: name === "" ? null : name,
    note,
    createdAt: now,
    links: [],
    devices: [],
    calls: [],
    revoked: [],
    consents: [],
  };
}
