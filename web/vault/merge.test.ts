/** What two devices did at once: nothing that a person typed, and no link that may have been sent, is lost. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hex } from "../../wire/bytes.ts";
import type { ItemId, Rid, RoomId } from "../../wire/ids.ts";
import type { NormalId } from "../../wire/names.ts";
import { mergeClient, mergeRecords, type Records, same, unite } from "./merge.ts";
import { CALLS_MAX, type ClientRecord, type GroupRecord, normalOf, type VaultRecord } from "./records.ts";
import { anyClient, anyRecords } from "./samples.ts";

const none: Records = new Map();
const clients = (records: Records) => [...records.values()].filter((record) => record.t === "client");
const rids = (records: Records) =>
  new Set(clients(records).flatMap(({ links }) => links.map(({ rid }) => rid)));
const shown = (records: Records) =>
  new Map([...records].map(([id, record]) => [id, JSON.stringify(plain(record))]));
const plain = (record: VaultRecord) =>
  JSON.parse(JSON.stringify(record, (_, value) => (value instanceof Uint8Array ? hex(value) : value)));

function client(id: string, more: Partial<ClientRecord> = {}): ClientRecord {
  const empty = {
    code: null,
    name: null,
    note: "",
    links: [],
    devices: [],
    calls: [],
    revoked: [],
    consents: [],
  };
  return { t: "client", id, createdAt: 1, ...empty, ...more };
}
const link = (n: number, createdAt: number) => ({
  secret: new Uint8Array(16).fill(n),
  rid: hex(new Uint8Array(16).fill(n)) as Rid,
  createdAt,
});
const rid = (n: number) => hex(new Uint8Array(16).fill(n)) as Rid;
const group = (name: string, clients: number[]): GroupRecord => ({
  t: "group",
  name,
  clients: clients.map(item),
  note: "",
  createdAt: 1,
});
const groupIn = (records: Records) => [...records.values()].find((record) => record.t === "group");
const item = (n: number) => hex(new Uint8Array(16).fill(n)) as ItemId;

describe("[product] the same ID on two devices", () => {
  test("becomes one entry with both links, the earliest first", () => {
    const mine = new Map([[item(2), client("K-1042", { createdAt: 20, links: [link(2, 20)] })]]);
    const theirs = new Map([[item(1), client("k 1042", { createdAt: 10, links: [link(1, 10)] })]]);
    const merged = mergeRecords({ base: none, mine, theirs });
    expect([...merged.keys()]).toEqual([item(1)]);
    expect(clients(merged)[0]?.links.map(({ createdAt }) => createdAt)).toEqual([10, 20]);
  });

  test("keeps the item of the older entry, whichever side it is on", () => {
    const older = new Map([[item(2), client("A", { createdAt: 10 })]]);
    const newer = new Map([[item(1), client("a", { createdAt: 20 })]]);
    for (const [mine, theirs] of [
      [older, newer],
      [newer, older],
    ] as const)
      expect([...mergeRecords({ base: none, mine, theirs }).keys()]).toEqual([item(2)]);
  });

  test("keeps both names and both notes", () => {
    const merged = mergeClient(
      client("A", { name: "Anna", note: "eins" }),
      client("A", { name: "A. B.", note: "zwei" }),
    );
    for (const text of ["Anna", "A. B."]) expect(merged.name).toContain(text);
    for (const text of ["eins", "zwei"]) expect(merged.note).toContain(text);
  });
});

describe("[TP1 2.3] the code", () => {
  const [one, two] = ["7KQ4M9TXC" as NormalId, "00000000A" as NormalId];
  const base = client("A", { createdAt: 1 });

  test("of the side that made one stands, whichever it is; without a common past too", () => {
    const made = { ...base, code: one };
    for (const merged of [
      mergeClient(base, made, base),
      mergeClient(made, base, base),
      mergeClient(base, made),
    ])
      expect(merged.code).toBe(one);
  });

  test("made anew on one side replaces the one before", () => {
    for (const [old, made] of [
      [one, two],
      [two, one],
      [one, null],
    ] as const) {
      const [before, after] = [
        { ...base, code: old },
        { ...base, code: made },
      ];
      expect(mergeClient(after, before, before).code).toBe(made);
      expect(mergeClient(before, after, before).code).toBe(made);
    }
  });

  test("made on both sides at once is the same on both devices", () => {
    const [mine, theirs] = [
      { ...base, code: one },
      { ...base, code: two },
    ];
    expect(mergeClient(mine, theirs, base).code).toBe(mergeClient(theirs, mine, base).code);
  });
});

describe("one item changed on both sides", () => {
  const base = client("A", { name: "Anna", note: "alt" });

  test("a field that one side changed is that side's", () => {
    const merged = mergeClient({ ...base, name: "Anna B." }, { ...base, note: "neu" }, base);
    expect([merged.name, merged.note]).toEqual(["Anna B.", "neu"]);
  });

  test("a name taken away on one side is away", () => {
    expect(mergeClient({ ...base, name: null }, base, base).name).toBeNull();
  });

  test("a link revoked on one side is not brought back by the other", () => {
    const before = { ...base, links: [link(1, 1)] };
    expect(mergeClient({ ...before, links: [link(2, 2)] }, { ...before, note: "x" }, before).links).toEqual([
      link(2, 2),
    ]);
  });

  test("[TP1 2.5] a device's secret that one side replaced is not brought back by the other", () => {
    const device = (n: number) => ({ secret: new Uint8Array(32).fill(n), since: n, compared: n > 1 });
    const before = { ...base, devices: [device(1)] };
    const merged = mergeClient({ ...before, devices: [device(2)] }, { ...before, note: "x" }, before);
    expect(merged.devices).toEqual([device(2)]);
    const both = mergeClient({ ...base, devices: [device(1)] }, { ...base, devices: [device(2)] }, base);
    expect(both.devices).toEqual([device(2), device(1)]);
  });

  test("a link that was taken away comes back by no older vault", () => {
    const merged = mergeClient(
      { ...base, links: [link(2, 2)], revoked: [rid(1)] },
      { ...base, links: [link(1, 1)] },
    );
    expect(merged.links).toEqual([link(2, 2)]);
    expect(merged.revoked).toEqual([rid(1)]);
  });

  test("calls of both are there, the newest first, one that both know with its longest length", () => {
    const call = (at: number, minutes: number) => ({
      at,
      minutes,
      group: false,
      medium: null,
      breaks: 0,
      lost: 0,
    });
    const merged = mergeClient(
      { ...base, calls: [call(9, 50), call(1, 50)] },
      { ...base, calls: [call(9, 20), call(5, 3)] },
      base,
    );
    expect(merged.calls).toEqual([call(9, 50), call(5, 3), call(1, 50)]);
    const many = Array.from({ length: CALLS_MAX }, (_, at) => call(100 + at, 1)).reverse();
    expect(mergeClient({ ...base, calls: many }, { ...base, calls: [call(3, 1)] }, base).calls).toEqual(many);
  });

  test("[AT4] one call noted on two devices has the way and the interruptions of both", () => {
    const call = { at: 9, minutes: 5, group: false, medium: null, breaks: 0, lost: 0 };
    const [a, b] = [
      { ...base, calls: [{ ...call, medium: "direct" as const, breaks: 2, lost: 8 }] },
      { ...base, calls: [{ ...call, breaks: 1, lost: 30 }] },
    ];
    const expected = [{ ...call, medium: "direct" as const, breaks: 2, lost: 30 }];
    expect([mergeClient(a, b).calls, mergeClient(b, a).calls]).toEqual([expected, expected]);
  });

  test("[R16] answers to the consent text of both are there, and one that was taken back anywhere is", () => {
    const answer = (at: number, revokedAt: number | null = null) => ({
      version: 1,
      hash: new Uint8Array(32),
      at,
      accepted: true,
      revokedAt,
    });
    const a = { ...base, consents: [answer(5), answer(1)] };
    const b = { ...base, consents: [answer(9), answer(5, 7)] };
    const expected = [answer(9), answer(5, 7), answer(1)];
    expect([mergeClient(a, b, base).consents, mergeClient(b, a, base).consents]).toEqual([
      expected,
      expected,
    ]);
  });

  test("[A5] who was in a call is known from both sides", () => {
    const admitted = (...places: [number, number][]): Records =>
      new Map([
        [
          item(9),
          {
            t: "admitted",
            entries: places.map(([n, at]) => ({
              room: hex(new Uint8Array(16)) as RoomId,
              record: item(n),
              at,
            })),
          },
        ],
      ]);
    const merged = mergeRecords({
      base: none,
      mine: admitted([1, 5], [2, 6]),
      theirs: admitted([2, 9], [3, 1]),
    });
    expect(shown(merged)).toEqual(shown(admitted([2, 9], [1, 5], [3, 1])));
  });

  test("dropped by one and changed by the other: it stays; dropped and unchanged: it goes", () => {
    const records = new Map([[item(1), base]]);
    const changed = new Map([[item(1), { ...base, note: "neu" }]]);
    expect(mergeRecords({ base: records, mine: none, theirs: changed }).size).toBe(1);
    expect(mergeRecords({ base: records, mine: changed, theirs: none }).size).toBe(1);
    expect(mergeRecords({ base: records, mine: none, theirs: records }).size).toBe(0);
    expect(mergeRecords({ base: records, mine: records, theirs: none }).size).toBe(0);
  });
});

describe("a group", () => {
  const base = group("Mittwoch", [1, 2]);
  const merged = (mine: GroupRecord, theirs: GroupRecord) => {
    const side = (record: GroupRecord) => new Map([[item(9), record]]);
    const both = mergeRecords({ base: side(base), mine: side(mine), theirs: side(theirs) });
    return groupIn(both);
  };

  test("has whoever one side took in, and not whom one side took out", () => {
    const both = merged({ ...base, clients: [item(1), item(2), item(3)] }, { ...base, clients: [item(2)] });
    expect(both?.clients).toEqual([item(2), item(3)]);
  });

  test("keeps both names and both notes", () => {
    const both = merged({ ...base, name: "A", note: "eins" }, { ...base, name: "B", note: "zwei" });
    for (const text of ["A", "B"]) expect(both?.name).toContain(text);
    for (const text of ["eins", "zwei"]) expect(both?.note).toContain(text);
  });

  test("two groups stay two", () => {
    const two: Records = new Map([
      [item(8), base],
      [item(9), base],
    ]);
    expect(unite(two).size).toBe(2);
  });

  test("keeps a client whose entry became part of another one", () => {
    const records: Records = new Map<ItemId, VaultRecord>([
      [item(1), client("A", { createdAt: 1 })],
      [item(2), client("a", { createdAt: 2 })],
      [item(9), group("Mittwoch", [2, 3])],
    ]);
    expect(groupIn(unite(records))?.clients).toEqual([item(1), item(3)]);
  });
});

describe("for any two sides", () => {
  test("no link of either side is missing that neither took away", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (mine, theirs) => {
        const both = mergeRecords({ base: none, mine, theirs });
        const gone = new Set(clients(both).flatMap(({ revoked }) => revoked));
        for (const rid of [...rids(unite(mine)), ...rids(unite(theirs))])
          expect(rids(both).has(rid) || gone.has(rid)).toBe(true);
        for (const { links, revoked } of clients(both))
          expect(links.some((link) => revoked.includes(link.rid))).toBe(false);
      }),
    );
  });

  test("no name and no note of either side is missing", () => {
    fc.assert(
      fc.property(anyClient, anyClient, (a, b) => {
        const merged = mergeClient(a, b);
        for (const { name, note } of [a, b]) {
          expect(merged.name ?? "").toContain(name ?? "");
          expect(merged.note).toContain(note);
        }
      }),
    );
  });

  test("the order of the sides does not matter", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, anyRecords, (base, mine, theirs) => {
        const [here, there] = [
          mergeRecords({ base, mine, theirs }),
          mergeRecords({ base, mine: theirs, theirs: mine }),
        ];
        expect(shown(here)).toEqual(shown(there));
      }),
    );
  });

  test("merging again changes nothing", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (mine, theirs) => {
        const merged = mergeRecords({ base: none, mine, theirs });
        expect(shown(mergeRecords({ base: theirs, mine: merged, theirs: merged }))).toEqual(shown(merged));
      }),
    );
  });

  test("one normal ID is one entry, and there is one identity", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (mine, theirs) => {
        const merged = mergeRecords({ base: none, mine, theirs });
        const normals = clients(merged).map(normalOf);
        expect(new Set(normals).size).toBe(normals.length);
        expect([...merged.values()].filter(({ t }) => t === "identity").length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("unchanged here means: exactly what the server has", () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (base, theirs) => {
        const united = unite(theirs);
        const merged = mergeRecords({ base: unite(base), mine: unite(base), theirs: united });
        for (const [id, record] of merged) expect(same(record, united.get(id))).toBe(true);
      }),
    );
  });
});
