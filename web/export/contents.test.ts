/** The file of all own data: what was entered is in it, keys are not, and it is one JSON whatever is missing. */
import { beforeAll, expect, test } from "bun:test";
import { Identity } from "../../wasm/identity.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import { newClient } from "../vault/clients.ts";
import type { Records } from "../vault/merge.ts";
import type { VaultRecord } from "../vault/records.ts";
import { type ExportSources, exportText } from "./contents.ts";
import { gather } from "./gather.ts";

beforeAll(ready);
const NOW = Date.UTC(2026, 10, 25, 9);
const asked: string[] = [];
const sources: ExportSources = {
  facts: async () => ({ user: "anna", email: null, createdAt: NOW, months: ["2026-10", "2026-11"] }),
  lists: [
    ["sessions", async () => [{ agent: "Firefox", lastSeenAt: NOW }]],
    ["calendar", async () => ({ since: NOW, plans: [{ startsAt: NOW }] })],
  ],
  ledger: async () => ({ points: 500 }),
  statement: async (month) => {
    asked.push(month);
    return { month };
  },
};
const read = async (records: Records, identity: Identity | null) =>
  JSON.parse(
    await (
      await gather(exportText(sources, { records, identity, origin: "https://p.example" }, NOW), "a/b")
    ).text(),
  );

test("clients with links, codes and notes; groups by IDs; lists with readable times; every month once", async () => {
  const seed = randomBytes(32);
  const item = newId<ItemId>();
  const client = { ...newClient(new Map(), "K-1042", NOW), name: 'Marille "M"', note: "Zeile\nzwei" };
  const device = { secret: randomBytes(32), since: NOW, compared: true };
  const records = new Map<ItemId, VaultRecord>([
    [
      item,
      {
        ...client,
        devices: [device],
        consents: [{ version: 2, hash: new Uint8Array(32), at: NOW, accepted: true, revokedAt: NOW }],
        calls: [{ at: NOW, minutes: 50, group: false, medium: null, breaks: 0, lost: 0 }],
      },
    ],
    [
      newId<ItemId>(),
      { t: "group", name: "Mittwoch", clients: [item, newId<ItemId>()], note: "", createdAt: NOW },
    ],
    [newId<ItemId>(), { t: "identity", seed, createdAt: NOW }],
    [newId<ItemId>(), { t: "consent", text: "Ich willige ein.", createdAt: NOW }],
  ]);
  const whole = await read(records, new Identity(seed));
  const iso = "2026-11-25T09:00:00.000Z";
  expect(whole).toMatchObject({
    format: "therapsy-connect-account",
    version: 1,
    madeAt: iso,
    account: { user: "anna", email: null, createdAt: iso },
    sessions: [{ agent: "Firefox", lastSeenAt: iso }],
    calendar: { since: iso, plans: [{ startsAt: iso }] },
    ledger: { account: { points: 500 }, months: [{ month: "2026-10" }, { month: "2026-11" }] },
  });
  expect(whole.vault.clients).toEqual([
    {
      id: "K-1042",
      code: "K-1042",
      name: 'Marille "M"',
      note: "Zeile\nzwei",
      createdAt: iso,
      links: [{ link: expect.stringMatching(/^https:\/\/p\.example\/j#1[\w-]{43}$/), createdAt: iso }],
      calls: [{ at: iso, minutes: 50, group: false, medium: null, breaks: 0, lost: 0 }],
      consents: [{ at: iso, version: 2, accepted: true, revokedAt: iso, textSha256: "00".repeat(32) }],
    },
  ]);
  expect(whole.vault.groups).toEqual([{ name: "Mittwoch", clients: ["K-1042"], note: "", createdAt: iso }]);
  const textSha256 = new Bun.CryptoHasher("sha256").update("Ich willige ein.").digest("hex");
  expect(whole.vault.consentTexts).toEqual([{ textSha256, text: "Ich willige ein." }]);
  const text = JSON.stringify(whole);
  for (const hidden of [seed, device.secret]) {
    expect(text).not.toContain(Buffer.from(hidden).toString("base64url"));
    expect(text).not.toContain(Object.values(hidden).slice(0, 8).join(","));
  }
});

test("an empty account is a whole file too; months are asked for one after the other", async () => {
  asked.length = 0;
  const whole = await read(new Map(), null);
  expect(whole.vault).toEqual({ clients: [], groups: [], settings: null, brand: null, consentTexts: [] });
  expect(asked).toEqual(["2026-10", "2026-11"]);
});

test("a long text becomes the same file", async () => {
  async function* long() {
    for (let n = 0; n < 50; n++) yield `${n}${"ä".repeat(60_000)}`;
  }
  const file = await gather(long(), "text/plain");
  expect([file.size, (await file.text()).length]).toEqual([50 * 120_000 + 90, 50 * 60_000 + 90]);
});
