/** What is shared with practice staff, against a server that swaps and changes it, and the invitation that brings its key (e2ee.md §2.11). */
import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { lv } from "../wire/bytes.ts";
import { type InvitationId, type ItemId, newId, type Rid } from "../wire/ids.ts";
import { LABEL_MAX, type SharedClient } from "../wire/shared.ts";
import { SHARED_BOX_MAX } from "../wire/staff.ts";
import { sealBox } from "./box.ts";
import { subkey } from "./hash.ts";
import { formatInvitation, newInvitation, parseInvitation, tokenHash } from "./invitation.ts";
import { randomBytes, ready } from "./sodium.ts";
import { newStaffKey, openShared, sealShared } from "./staff.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

const key = newStaffKey();
const place = { invitation: newId<InvitationId>(), rid: newId<Rid>() };
const shared: SharedClient = {
  v: 1,
  client: newId<ItemId>(),
  label: "Anna Müßig",
  link: `https://praxis.example/j#1${"A".repeat(43)}`,
};

describe("[TP1 2.11] a shared link", () => {
  const box = sealShared(key, place, shared);
  test("opens with the key of its person, for its link", () => {
    expect(openShared(key, place, box)).toEqual(shared);
  });
  test("with another key, for another person, for another link, changed or cut: sealed", () => {
    const [invitation, rid] = [newId<InvitationId>(), newId<Rid>()];
    expect(reasonOf(() => openShared(newStaffKey(), place, box))).toBe("sealed");
    expect(reasonOf(() => openShared(key, { ...place, rid }, box))).toBe("sealed");
    expect(reasonOf(() => openShared(key, { ...place, invitation }, box))).toBe("sealed");
    expect(
      reasonOf(() =>
        openShared(key, { invitation: place.rid as never, rid: place.invitation as never }, box),
      ),
    ).toBe("sealed");
    for (let at = 0; at < box.length; at += 5) {
      expect(reasonOf(() => openShared(key, place, flipped(box, 8 * at)))).toBe("sealed");
      expect(reasonOf(() => openShared(key, place, box.subarray(0, at)))).toBe("sealed");
    }
  });
  test("a short name and a long one: the box has one size, and the longest fits the server", () => {
    const sizes = ["K", "Anna Müßig-Großschmidt"].map(
      (label) => sealShared(key, place, { ...shared, label }).length,
    );
    expect(sizes).toEqual([296, 296]);
    const long = sealShared(key, place, { ...shared, label: "漢".repeat(LABEL_MAX) });
    expect(long.length).toBeLessThan(SHARED_BOX_MAX);
    expect(openShared(key, place, long).label.length).toBe(LABEL_MAX);
  });
  test.each([
    ["of a later version", { ...shared, v: 2 }],
    ["with a note", { ...shared, note: "" }],
    ["with a name that is none", { ...shared, label: "x".repeat(LABEL_MAX + 1) }],
  ])("%s: format", (_, content) => {
    expect(reasonOf(() => openShared(key, place, sealShared(key, place, content as SharedClient)))).toBe(
      "format",
    );
  });
  test("without padding, or empty: format", () => {
    const at = lv("tp1 staff", place.invitation, place.rid);
    for (const plain of [new Uint8Array(0), new Uint8Array(256)])
      expect(reasonOf(() => openShared(key, place, sealBox(subkey(key, 1, "tp1_staf"), at, plain)))).toBe(
        "format",
      );
  });
});

describe("[TP1 2.11] an invitation", () => {
  const invitation = newInvitation();
  const link = formatInvitation("https://praxis.example", invitation);
  test("is read out of its link, alone, in a mail, in brackets", () => {
    expect(link).toMatch(/^https:\/\/praxis\.example\/invite#1[\w-]{64}$/);
    for (const text of [link, `/invite${new URL(link).hash}`, new URL(link).hash, `<${link}>`, `${link}.`])
      expect(parseInvitation(text)).toEqual(invitation);
  });
  test("cut, of a later program, garbage, none, or seen by a server: said so, and never taken", () => {
    const hash = new URL(link).hash;
    for (let end = 2; end < hash.length; end += 7) expect(parseInvitation(hash.slice(0, end))).toBe("cut");
    expect(parseInvitation("https://praxis.example/invite")).toBe("none");
    expect(parseInvitation(hash.replace("#1", "#2"))).toBe("version");
    expect(parseInvitation(hash.replace("#1", "#x"))).toBe("garbage");
    expect(parseInvitation(`${hash}A`)).toBe("garbage");
    expect(parseInvitation(link.replace("#", "%23"))).toBe("exposed");
    expect(parseInvitation(link.replace("#", "%2523"))).toBe("exposed");
    expect(parseInvitation("x".repeat(5000))).toBe("garbage");
  });
  test("the server is told SHA-256 of the token, and the token tells nothing of the key", () => {
    const made = newInvitation();
    expect(Buffer.from(tokenHash(made.token))).toEqual(createHash("sha256").update(made.token).digest());
    let asked: number[] = [];
    newInvitation((n) => {
      asked = [...asked, n];
      return randomBytes(n);
    });
    expect(asked).toEqual([32, 16]);
  });
  test("never throws on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseInvitation(`#1${text}`)));
  });
});
