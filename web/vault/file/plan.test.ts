/** What an import does to a Kartei: nothing that stands there is overwritten, and every link is one client's. */
import { beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { VAULT_BYTES_MAX as SERVER_MAX } from "../../../db/vault.ts";
import { linkKeys, newLinkSecret } from "../../../wasm/link.ts";
import { ready } from "../../../wasm/sodium.ts";
import type { ItemId } from "../../../wire/ids.ts";
import type { NormalId } from "../../../wire/names.ts";
import { codeOf } from "../codes.ts";
import { type Records, same } from "../merge.ts";
import { type ClientRecord, NOTE_MAX, normalOf, type VaultRecord } from "../records.ts";
import { anyRecords } from "../samples.ts";
import { type Incoming, planImport } from "./plan.ts";
import { fits, VAULT_BYTES_MAX } from "./room-left.ts";

beforeAll(ready);

const NOW = 1_700_000_000_000;
const item = (n: number) => n.toString(16).padStart(32, "0") as ItemId;
const link = (createdAt: number) => {
  const secret = newLinkSecret();
  return { secret, rid: linkKeys(secret).rid, createdAt };
};
function client(id: string, more: Partial<ClientRecord> = {}): ClientRecord {
  const nothing = { code: null, name: null, note: "", devices: [], calls: [], revoked: [], consents: [] };
  return { t: "client", id, createdAt: 1, links: [link(1)], ...nothing, ...more };
}
const here = (...records: VaultRecord[]): Records => new Map(records.map((record, n) => [item(n), record]));
const file = (own: boolean, ...records: ClientRecord[]): Incoming => ({
  clients: records.map((record, n) => ({ item: item(100 + n), record })),
  groups: [],
  texts: [],
  own,
});
const clientsOf = (records: Records) =>
  [...records.values()].flatMap((record) => (record.t === "client" ? [record] : []));
const one = (records: Records, id: string) => {
  const found = clientsOf(records).find((record) => record.id === id);
  if (!found) throw new Error("no entry");
  return found;
};

describe("into the same practice", () => {
  test("a deleted entry is there again, with its link, code and devices", () => {
    const record = client("K-1", {
      name: "Anna",
      code: "7KQ4M9TXC" as NormalId,
      devices: [{ secret: new Uint8Array(32), since: 1, compared: true }],
    });
    const plan = planImport(here(), file(true, record), NOW);
    expect(one(plan.records, "K-1")).toEqual(record);
    expect([plan.fresh, plan.links]).toEqual([1, 1]);
  });

  test("[R16] the words that an answer was to come along, once", () => {
    const texts = [{ t: "consent" as const, text: "Ich willige ein.", createdAt: 3 }];
    const incoming = { ...file(true, client("K-1")), texts };
    const { records } = planImport(here(), incoming, NOW);
    expect([...records.values()]).toContainEqual(texts[0] as VaultRecord);
    expect(planImport(records, incoming, NOW).records.size).toBe(records.size);
  });

  test("what is there already stays the same object, so that nothing is written", () => {
    const record = client("K-1", { name: "Anna" });
    const records = here(record);
    const plan = planImport(records, file(true, { ...record }), NOW);
    expect([plan.same, plan.fresh, plan.more, plan.clash]).toEqual([1, 0, 0, []]);
    expect(plan.records.get(item(0))).toBe(record);
  });

  test("[bad input] two notes under one ID are both kept, and said; links of both work", () => {
    const [mine, theirs] = [client("K-1", { note: "hier" }), client("k 1", { note: "Datei", createdAt: 0 })];
    const plan = planImport(here(mine), file(true, theirs), NOW);
    const both = one(plan.records, "K-1");
    for (const text of ["hier", "Datei"]) expect(both.note).toContain(text);
    expect(plan.clash).toEqual(["K-1"]);
    expect(new Set(both.links)).toEqual(new Set([...mine.links, ...theirs.links]));
  });

  test("a link that was taken away stays away", () => {
    const old = client("K-1");
    const mine = { ...old, links: [link(2)], revoked: old.links.map(({ rid }) => rid) };
    const plan = planImport(here(mine), file(true, old), NOW);
    expect(one(plan.records, "K-1").links).toEqual(mine.links);
    expect([plan.same, plan.links]).toEqual([1, 0]);
  });

  test("an entry whose ID was changed since is known by its link", () => {
    const old = client("K-1", { note: "alt" });
    const plan = planImport(here({ ...old, id: "Mittwoch" }), file(true, old), NOW);
    expect(clientsOf(plan.records).map(({ id }) => id)).toEqual(["Mittwoch"]);
  });

  test("[bad input] a note that does not fit beside the other is named, and the entry stays as it is", () => {
    const mine = client("K-1", { note: "a".repeat(NOTE_MAX - 5) });
    // whichever of the two is the older
    for (const createdAt of [0, 2]) {
      const theirs = { ...mine, note: "b".repeat(10), createdAt };
      const plan = planImport(here(mine), file(true, theirs), NOW);
      expect(plan.tooLong).toEqual(["K-1"]);
      expect(plan.records.get(item(0))).toBe(mine);
    }
  });
});

describe("into another practice", () => {
  test("every entry gets a link of its own; devices are new", () => {
    const record = client("K-1", { devices: [{ secret: new Uint8Array(32), since: 1, compared: true }] });
    const plan = planImport(here(), file(false, record), NOW);
    const made = one(plan.records, "K-1");
    expect(made.links.length).toBe(1);
    expect(made.links[0]?.rid).not.toBe(record.links[0]?.rid as never);
    expect([made.devices, plan.links]).toEqual([[], 0]);
  });

  test("[bad input] a code that somebody here has already is made anew", () => {
    const code = "7KQ4M9TXC" as NormalId;
    const plan = planImport(
      here(client("K-1", { code })),
      file(false, client("K-2", { code }), client(code)),
      NOW,
    );
    const codes = clientsOf(plan.records).map(codeOf);
    expect(new Set(codes).size).toBe(3);
  });
});

test("[bad input] the same ID twice in one file is one entry with both texts", () => {
  const plan = planImport(
    here(),
    file(false, client("K-1", { note: "eins" }), client("k-1", { note: "zwei" })),
    NOW,
  );
  expect([plan.fresh, plan.clash]).toEqual([1, ["K-1"]]);
  for (const text of ["eins", "zwei"]) expect(one(plan.records, "K-1").note).toContain(text);
});

test("groups come with their clients, and one of the same name takes in who is missing", () => {
  const [a, b, c] = [client("A"), client("B"), client("C")];
  const records: Records = new Map<ItemId, VaultRecord>([
    [item(1), a],
    [item(2), b],
    [item(9), { t: "group", name: "Mittwoch", clients: [item(1), item(2)], note: "", createdAt: 1 }],
  ]);
  const incoming: Incoming = {
    clients: [a, c].map((record, n) => ({ item: item(50 + n), record })),
    groups: ["Mittwoch", "Freitag"].map((name, n) => ({
      item: item(70 + n),
      record: { t: "group", name, clients: [item(50), item(51)], note: "", createdAt: 2 },
    })),
    texts: [],
    own: true,
  };
  const plan = planImport(records, incoming, NOW);
  const groups = [...plan.records.values()].flatMap((record) => (record.t === "group" ? [record] : []));
  const ids = (group: (typeof groups)[number] | undefined) =>
    group?.clients.map((each) => {
      const record = plan.records.get(each);
      return record?.t === "client" ? record.id : "";
    });
  expect(plan.groups).toBe(2);
  expect(groups.map(({ name }) => name)).toEqual(["Mittwoch", "Freitag"]);
  expect(ids(groups[0])).toEqual(["A", "B", "C"]);
  expect(ids(groups[1])).toEqual(["A", "C"]);
});

describe("for any vault and any file", () => {
  const incomingOf = (records: Records, own: boolean): Incoming => ({
    clients: [...records].flatMap(([each, record]) =>
      record.t === "client" ? [{ item: each, record }] : [],
    ),
    groups: [...records].flatMap(([each, record]) => (record.t === "group" ? [{ item: each, record }] : [])),
    texts: [],
    own,
  });

  test("no text and no link that was here is missing, one ID is one entry, no two codes are the same", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, fc.boolean(), (records, other, own) => {
        const before = distinct(records);
        const { records: after } = planImport(before, incomingOf(other, own), NOW);
        for (const [each, record] of before) {
          const now = after.get(each);
          if (record.t !== "client" || now?.t !== "client") continue;
          expect(now.note).toContain(record.note);
          expect(now.name ?? "").toContain(record.name ?? "");
          const gone = new Set(now.revoked);
          for (const { rid } of record.links)
            expect(now.links.some((has) => has.rid === rid) || gone.has(rid)).toBe(true);
        }
        const all = clientsOf(after);
        expect(new Set(all.map(normalOf)).size).toBe(all.length);
        expect(new Set(all.map(codeOf)).size).toBe(all.length);
      }),
    );
  });

  test("imported again it changes nothing", () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const mine = distinct(records);
        const { records: after, fresh } = planImport(mine, incomingOf(mine, true), NOW);
        expect(fresh).toBe(0);
        for (const [each, record] of mine) expect(same(after.get(each), record)).toBe(true);
      }),
    );
  });
});

/** As a vault really is: one entry per ID, one client per link and per code. */
function distinct(records: Records): Records {
  const taken = new Set<string>();
  return new Map(
    [...records].filter(([, record]) => {
      if (record.t !== "client") return true;
      const keys = [normalOf(record), codeOf(record), ...record.links.map(({ rid }) => rid)];
      if (record.links.length === 0 || keys.some((key) => taken.has(key))) return false;
      for (const key of keys) taken.add(key);
      return true;
    }),
  );
}

test("the vault's size is the server's, and a vault that would not fit is known before", () => {
  expect(VAULT_BYTES_MAX).toBe(SERVER_MAX);
  const big = client("K-1", { note: "ﾊ".repeat(NOTE_MAX) });
  expect(fits(Array(160).fill(big))).toBe(true);
  expect(fits(Array(180).fill(big))).toBe(false);
});
