/** The record of a person: ids in and out, and what becomes of it when devices meet. */
import { expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { type InvitationId, type ItemId, newId, type Rid } from "../../wire/ids.ts";
import { mergeRecords } from "./merge.ts";
import {
  type ClientRecord,
  decodeRecord,
  encodeRecord,
  SHARED_CLIENTS_MAX,
  type StaffRecord,
  type VaultRecord,
} from "./records.ts";
import { anyItemId } from "./samples.ts";
import { clientsIn, withClients } from "./staff-record.ts";

const person = (clients: ItemId[] = [], invitation = newId<InvitationId>()): StaffRecord =>
  withClients(
    {
      t: "staff",
      invitation,
      secret: new Uint8Array(32).fill(7),
      name: "Bert",
      clients: new Uint8Array(),
      createdAt: 1,
    },
    clients,
  );
const client = (id: string, createdAt: number): ClientRecord => ({
  t: "client",
  id,
  code: null,
  name: null,
  note: "",
  createdAt,
  links: [{ secret: new Uint8Array(16), rid: newId<Rid>(), createdAt }],
  devices: [],
  calls: [],
  revoked: [],
  consents: [],
});

test("ids come back sorted and once, and the record over its bytes", () => {
  fc.assert(
    fc.property(fc.array(anyItemId, { maxLength: 12 }), (items) => {
      const record = person(items);
      expect(clientsIn(record)).toEqual([...new Set(items)].sort());
      expect(decodeRecord(encodeRecord(record))).toEqual(record);
    }),
  );
});

test("[bounds] two thousand clients are read, and no more are kept; half an id is none", () => {
  const many = Array.from({ length: SHARED_CLIENTS_MAX + 5 }, () => newId<ItemId>());
  const record = person(many);
  expect(clientsIn(record).length).toBe(SHARED_CLIENTS_MAX);
  expect(decodeRecord(encodeRecord(record))).toEqual(record);
  const bytes = (clients: Uint8Array) => decodeRecord(encode({ ...person(), clients }));
  expect(bytes(new Uint8Array(16))).toBeDefined();
  expect(bytes(new Uint8Array(17))).toBeUndefined();
  expect(bytes(new Uint8Array(16 * (SHARED_CLIENTS_MAX + 1)))).toBeUndefined();
});

test("a client that became part of another is shared as that one", () => {
  const [old, young, item] = [newId<ItemId>(), newId<ItemId>(), newId<ItemId>()];
  const record = person([young]);
  const base = new Map<ItemId, VaultRecord>([[item, record]]);
  const mine = new Map<ItemId, VaultRecord>([...base, [young, client("K-1", 5)]]);
  const theirs = new Map<ItemId, VaultRecord>([...base, [old, client("k 1", 3)]]);
  const merged = mergeRecords({ base, mine, theirs });
  const kept = merged.get(item);
  expect(kept?.t === "staff" && clientsIn(kept)).toEqual([old]);
});

test("two invitations made at once stay two; one that two items tell of is one", () => {
  const [a, b] = [person(), person()];
  const both = (mine: StaffRecord, theirs: StaffRecord) =>
    mergeRecords({
      base: new Map(),
      mine: new Map([[newId<ItemId>(), mine]]),
      theirs: new Map([[newId<ItemId>(), theirs]]),
    });
  expect(both(a, b).size).toBe(2);
  const one = both(a, { ...a, name: "Berta", createdAt: 9 });
  expect([...one.values()]).toEqual([a]);
});
