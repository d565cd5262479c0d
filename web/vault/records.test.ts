/** The codec of what lies in the vault: bounded, exact, and never thrown out of. */
import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { ITEM_BYTES_MAX } from "../../server/http/vault.ts";
import { CONSENT_TEXT_MAX } from "../../wire/asked.ts";
import type { Rid } from "../../wire/ids.ts";
import type { NormalId } from "../../wire/names.ts";
import { decodeManifest, encodeManifest, ITEMS_MAX } from "./manifest.ts";
import {
  CALLS_MAX,
  type ClientRecord,
  decodeRecord,
  encodeRecord,
  LINKS_MAX,
  MEMBERS_MAX,
  NO_DETAILS,
  NOTE_MAX,
  NOTHING_BEFORE,
} from "./records.ts";
import { anyManifest, anyRecord } from "./samples.ts";

const client: ClientRecord = {
  t: "client",
  id: "K-1042",
  code: null,
  name: null,
  note: "",
  createdAt: 1_700_000_000_000,
  links: [{ secret: new Uint8Array(16).fill(1), rid: "ab".repeat(16) as Rid, createdAt: 5 }],
  devices: [],
  calls: [],
  revoked: [],
  consents: [],
};

describe("records", () => {
  test("every record comes back as it was", () => {
    fc.assert(fc.property(anyRecord, (record) => expect(decodeRecord(encodeRecord(record))).toEqual(record)));
  });

  test("[e2ee 3.2] no bytes make the reader throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeRecord(bytes)));
  });

  test("a text of the longest length fits, one more does not", () => {
    const at = (length: number) => decodeRecord(encodeRecord({ ...client, note: "ä".repeat(length) }));
    expect(at(NOTE_MAX)).toBeDefined();
    expect(at(NOTE_MAX + 1)).toBeUndefined();
  });

  test("the largest number of links fits, one more does not", () => {
    const [link] = client.links;
    const at = (count: number) =>
      decodeRecord(
        encodeRecord({
          ...client,
          links: Array.from({ length: count }, () => ({ ...link, ...client.links[0] }) as never),
        }),
      );
    expect(at(LINKS_MAX)).toBeDefined();
    expect(at(LINKS_MAX + 1)).toBeUndefined();
  });

  test("settings of before are read: nothing is hidden, no codes are made", () => {
    const before = { t: "settings", oneByOne: true, changedAt: 5 };
    const read = {
      ...before,
      relayOnly: false,
      newCodes: false,
      practice: NO_DETAILS,
      before: NOTHING_BEFORE,
      reach: "",
      minutes: 50,
    };
    expect(decodeRecord(encode(before))).toEqual(read as never);
    expect(decodeRecord(encode({ ...before, relayOnly: true }))).toEqual({
      ...read,
      relayOnly: true,
    } as never);
    expect(decodeRecord(encode({ ...read, newCodes: 1 }))).toBeUndefined();
    expect(decodeRecord(encode({ ...read, reach: "x".repeat(301) }))).toBeUndefined();
  });

  test("an entry of before, without calls and links taken away, is read", () => {
    const { calls, revoked, consents, ...before } = client;
    expect(decodeRecord(encode(before))).toEqual(client);
    expect(decodeRecord(encode({ ...before, calls: null }))).toBeUndefined();
    const call = { at: 1, minutes: 50, group: false };
    const read = { ...client, calls: [{ ...call, medium: null, breaks: 0, lost: 0 }] };
    expect(decodeRecord(encode({ ...before, calls: [call] }))).toEqual(read);
  });

  test("the largest number of calls fits, one more does not; no more clients in a group than two groups have", () => {
    const call = { at: 1, minutes: 50, group: false, medium: null, breaks: 0, lost: 0 };
    const called = (count: number) =>
      decodeRecord(encodeRecord({ ...client, calls: Array(count).fill(call) }));
    expect(called(CALLS_MAX)).toBeDefined();
    expect(called(CALLS_MAX + 1)).toBeUndefined();
    const group = (count: number) =>
      decodeRecord(
        encodeRecord({
          t: "group",
          name: "",
          clients: Array(count).fill("ab".repeat(16)),
          note: "",
          createdAt: 1,
        }),
      );
    expect(group(MEMBERS_MAX)).toBeDefined();
    expect(group(MEMBERS_MAX + 1)).toBeUndefined();
  });

  test("[R16] the longest consent text fits into an item of the server, one letter more is none", () => {
    const at = (length: number) => encodeRecord({ t: "consent", text: "€".repeat(length), createdAt: 1 });
    expect(at(CONSENT_TEXT_MAX).length).toBeLessThan(ITEM_BYTES_MAX - 300);
    expect(decodeRecord(at(CONSENT_TEXT_MAX))).toBeDefined();
    expect(decodeRecord(at(CONSENT_TEXT_MAX + 1))).toBeUndefined();
  });

  test("a code stands in its normal form and is no longer than a generated one may be", () => {
    const at = (code: string) => decodeRecord(encodeRecord({ ...client, code: code as NormalId }));
    expect(at("7KQ4M9TXC")).toBeDefined();
    for (const code of ["", "7kq4m9txc", "7KQ4-M9TX-C", "7KQ4M9TXO", "A".repeat(17)])
      expect(at(code)).toBeUndefined();
  });

  test("an ID without a normal form, an unknown field and an unknown kind are refused", () => {
    expect(decodeRecord(encodeRecord({ ...client, id: " - " }))).toBeUndefined();
    expect(decodeRecord(encode({ ...client, more: 1 }))).toBeUndefined();
    expect(decodeRecord(encode({ ...client, t: "planned" }))).toBeUndefined();
  });
});

describe("manifest", () => {
  test("every manifest comes back as it was", () => {
    fc.assert(
      fc.property(anyManifest, (manifest) =>
        expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest),
      ),
    );
  });

  test("[e2ee 3.2] no bytes make the reader throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeManifest(bytes)));
  });

  test("an odd list, a short id and a version of zero are refused", () => {
    const id = new Uint8Array(16);
    expect(decodeManifest(encode([id, 1]))?.size).toBe(1);
    expect(decodeManifest(encode([id]))).toBeUndefined();
    expect(decodeManifest(encode([id.subarray(1), 1]))).toBeUndefined();
    expect(decodeManifest(encode([id, 0]))).toBeUndefined();
  });

  test("more items than fit are refused", () => {
    const flat = Array.from({ length: ITEMS_MAX + 1 }, (_, at) => [
      new Uint8Array(16).fill(at & 255),
      1,
    ]).flat();
    expect(decodeManifest(encode(flat))).toBeUndefined();
  });
});
