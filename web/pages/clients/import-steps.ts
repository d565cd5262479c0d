/** From a chosen file to what an import would do, step by step; nothing is changed on the way. */

import { TP1Error } from "../../../wasm/error.ts";
import { FILE_BYTES_MAX, isSealedFile, readFileHead } from "../../../wasm/kartei-file.ts";
import type { Bytes } from "../../../wire/bytes.ts";
import { type CsvFaults, type CsvRefused, readCsv } from "../../vault/file/csv.ts";
import { incomingOfCsv } from "../../vault/file/incoming.ts";
import type { Incoming } from "../../vault/file/plan.ts";

/** Why a file cannot be taken; each has its sentence. */
export type Unfit = "big" | "foreign" | "cut" | "later" | "wrong" | "full" | "columns" | "rows";

/** `skipped`: rows of a table that are left out. */
export type Ready = {
  readonly at: "ready";
  readonly name: string;
  readonly incoming: Incoming;
  readonly skipped: CsvFaults | null;
};
export type Step =
  | { readonly at: "choose"; readonly unfit: Unfit | null }
  | { readonly at: "open"; readonly name: string; readonly bytes: Bytes; readonly unfit: Unfit | null }
  | Ready;

/** What the chosen file is. It is not even read where it is too large. */
export async function look(file: File, now: number): Promise<Step> {
  if (file.size > FILE_BYTES_MAX) return { at: "choose", unfit: "big" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isSealedFile(bytes) ? lookSealed(file.name, bytes) : lookTable(file.name, bytes, now);
}

function lookSealed(name: string, bytes: Bytes): Step {
  try {
    readFileHead(bytes);
    return { at: "open", name, bytes, unfit: null };
  } catch (error) {
    return { at: "choose", unfit: unfitOf(error) };
  }
}

const TABLE_FAULTS: Readonly<Record<CsvRefused, Unfit>> = {
  columns: "columns",
  rows: "rows",
  broken: "foreign",
};

function lookTable(name: string, bytes: Bytes, now: number): Step {
  const table = readCsv(textOf(bytes));
  if (typeof table === "string") return { at: "choose", unfit: TABLE_FAULTS[table] };
  return { at: "ready", name, incoming: incomingOfCsv(table.clients, now), skipped: table.faults };
}

/** Older spreadsheets write Windows' own letters. */
function textOf(bytes: Bytes): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** What is wrong with a sealed file. Throws what is no fault of the file. */
export function unfitOf(error: unknown): Unfit {
  if (!(error instanceof TP1Error)) throw error;
  if (error.reason === "key") return "wrong";
  if (error.reason === "version") return "later";
  return error.reason === "size" ? "big" : "cut";
}
