/** A Kartei through a file and back: with the passphrase, with another one, as another file, into both kinds of practice. */
import { beforeAll, expect, test } from "bun:test";
import { TP1Error } from "../../../wasm/error.ts";
import { FILE_USER, newFileHead, saltOf, sealFile } from "../../../wasm/kartei-file.ts";
import { KDF_COST, passwordKeys } from "../../../wasm/password.ts";
import { ready } from "../../../wasm/sodium.ts";
import { utf8 } from "../../../wire/bytes.ts";
import type { ItemId } from "../../../wire/ids.ts";
import type { Stretch } from "../account.ts";
import { newClient } from "../clients.ts";
import type { Records } from "../merge.ts";
import { contentsOf } from "./contents.ts";
import { incomingOfCsv, incomingOfFile } from "./incoming.ts";
import { openContents, sealContents } from "./sealed.ts";

beforeAll(ready);

const stretch: Stretch = async (...given) => passwordKeys(...given);
const PHRASE = "Birne Amsel Mond Stuhl Regen Feder Tasse";
const mine = new Uint8Array(16).fill(1);
const why = (asked: Promise<unknown>) =>
  asked.then(
    () => "opened",
    (error: unknown) => (error instanceof TP1Error ? error.reason : "a bug"),
  );

test("comes back as it was, and names in it are nowhere to be read", async () => {
  const record = { ...newClient(new Map(), "Marille-4711", 5), name: "Zwetschkenröster" };
  const records: Records = new Map([["ab".repeat(16) as ItemId, record]]);
  const file = await sealContents(contentsOf(records, mine, 5), PHRASE, stretch);
  for (const text of ["Marille", "Zwetschken"]) expect(Buffer.from(file).includes(text)).toBe(false);
  const back = await openContents(file, PHRASE, stretch);
  expect(back?.clients[0]?.record).toEqual(record);
  expect(back && incomingOfFile(back, mine).own).toBe(true);
  expect(back && incomingOfFile(back, new Uint8Array(16)).own).toBe(false);
  expect(await why(openContents(file, `${PHRASE} `.replace("Mond", "Moos"), stretch))).toBe("key");
}, 30_000);

test("[bad input] a foreign file is told before anything is stretched; one of a later program is nothing", async () => {
  const never: Stretch = () => Promise.reject(new Error("stretched"));
  expect(await why(openContents(utf8("ID;Name\n".repeat(30)), PHRASE, never))).toBe("format");
  const head = newFileHead();
  const { kek } = passwordKeys(PHRASE, FILE_USER, saltOf(head), KDF_COST);
  expect(await openContents(sealFile(kek, head, utf8("later")), PHRASE, stretch)).toBeUndefined();
}, 30_000);

test("rows of a table become entries without links; the ID is trimmed", () => {
  const { clients, own } = incomingOfCsv([{ row: 2, id: " K-1 ", name: "", note: "x" }], 5);
  expect([own, clients[0]?.record.id, clients[0]?.record.name, clients[0]?.record.links]).toEqual([
    false,
    "K-1",
    null,
    [],
  ]);
});
