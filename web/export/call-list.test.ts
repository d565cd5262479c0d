/** A client's calls as table and text (A4). */
import { expect, test } from "bun:test";
import Papa from "papaparse";
import type { ClientCall } from "../vault/records.ts";
import { type CallWords, callTable, callText } from "./call-list.ts";

const MINUTE = 60_000;
const words: CallWords = {
  heading: "Videogespräche mit K-1",
  columns: ["Datum", "Beginn", "Ende", "Medium", "Störungen"],
  medium: (medium) => medium ?? "nicht vermerkt",
  breaks: (count, seconds) => (count === 0 ? "keine" : `${count}; zusammen ${seconds} s`),
  day: (at) => `Tag ${at}`,
  time: (at) => `${at / MINUTE}`,
};
const calls: ClientCall[] = [
  { at: 100 * MINUTE, minutes: 50, group: false, medium: "relay", breaks: 2, lost: 31 },
  { at: 0, minutes: 3, group: true, medium: null, breaks: 0, lost: 0 },
];

test("[AT4] date, begin, end, medium and disturbances stand in the table, whatever is in a cell", () => {
  const table = callTable(calls, words);
  expect(table.startsWith("\ufeff")).toBe(true);
  const { data } = Papa.parse<string[]>(table.slice(1).trimEnd(), { delimiter: ";" });
  expect(data).toEqual([
    [...words.columns],
    ["Tag 6000000", "100", "150", "relay", "2; zusammen 31 s"],
    ["Tag 0", "0", "3", "nicht vermerkt", "keine"],
  ]);
});

test("[AT4] the same as text, in columns", () => {
  const lines = callText(calls, words).split("\n");
  expect(lines[0]).toBe("Videogespräche mit K-1");
  expect(lines[2]?.indexOf("Medium")).toBe(lines[3]?.indexOf("relay") as number);
  expect(lines[3]).toContain("2; zusammen 31 s");
});
