/** A client's calls for the practice's own documentation (A4): as a table for a spreadsheet and as text to print. Made in the browser from what
 * the vault knows. */
import Papa from "papaparse";
import type { ClientCall } from "../vault/records.ts";

const MINUTE_MS = 60_000;

/** What the columns are called, and how values are said. */
export type CallWords = {
  readonly heading: string;
  readonly columns: readonly [day: string, begin: string, end: string, medium: string, breaks: string];
  readonly medium: (medium: ClientCall["medium"]) => string;
  readonly breaks: (count: number, seconds: number) => string;
  readonly day: (at: number) => string;
  readonly time: (at: number) => string;
};

function rowOf({ at, minutes, medium, breaks, lost }: ClientCall, words: CallWords): string[] {
  const until = at + minutes * MINUTE_MS;
  return [words.day(at), words.time(at), words.time(until), words.medium(medium), words.breaks(breaks, lost)];
}

/** With a mark that spreadsheets need to read umlauts; the newest first. */
export function callTable(calls: readonly ClientCall[], words: CallWords): string {
  const rows = calls.map((call) => rowOf(call, words));
  return `\ufeff${Papa.unparse([[...words.columns], ...rows], { delimiter: ";", newline: "\r\n" })}\r\n`;
}

/** In columns of even width, as it is printed. */
export function callText(calls: readonly ClientCall[], words: CallWords): string {
  const rows = [[...words.columns], ...calls.map((call) => rowOf(call, words))];
  const widths = words.columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${words.heading}\n\n${lines.join("\n")}\n`;
}
