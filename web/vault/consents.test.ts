/** What is asked before a call, and each client's answers to the consent text (R3, A3, R16). */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { ItemId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { clientFor, settingsOf } from "./clients.ts";
import { changeBefore, hasConsent, noteConsent, revokeConsents, wantedOf } from "./consents.ts";
import { type ClientRecord, CONSENTS_MAX } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { type Seen, Witness } from "./witness.ts";

let vault: Vault;
let item: ItemId;
const records = () => vault.state.get().records;
const client = () => records().get(item) as ClientRecord;
const before = () => settingsOf(records()).before;

beforeAll(ready);
beforeEach(async () => {
  const account = "anna.berg" as UserName;
  const witness = new Witness(memoryShelf<Seen>(), account);
  vault = await Vault.load({
    owner: { account, vaultKey: newVaultKey() },
    remote: new RemoteDouble(),
    witness,
  });
  item = (await clientFor(vault, "K-1", 1)).item;
});

test("nothing is asked unless the practice wants it", async () => {
  expect(wantedOf(records(), item)).toEqual({ name: false, card: false, consent: null });
  await changeBefore(vault, { name: true, card: true, text: "Text.", must: true }, 5);
  const consent = { version: 1, text: "Text.", must: true };
  expect(wantedOf(records(), item)).toEqual({ name: true, card: true, consent });
});

test("[R3] a name in the Kartei is known", async () => {
  await changeBefore(vault, { name: true }, 5);
  await vault.change((all) => all.set(item, { ...client(), name: "Mila Mai" }));
  expect(wantedOf(records(), item).name).toBe(false);
});

test("[R16] a yes is kept with version and time, asked for again when the text changes, and not when a switch does", async () => {
  await changeBefore(vault, { text: "Text.", must: true }, 5);
  const { consent } = wantedOf(records(), item);
  if (consent) noteConsent(vault, item, { text: consent, accepted: true, now: 9 });
  expect(client().consents).toMatchObject([{ version: 1, at: 9, accepted: true, revokedAt: null }]);
  expect(wantedOf(records(), item).consent).toBe(null);
  await changeBefore(vault, { must: false, card: true }, 10);
  expect([before().version, before().since, wantedOf(records(), item).consent]).toEqual([1, 5, null]);
  await changeBefore(vault, { text: "Neuer Text." }, 11);
  expect([before().version, before().since]).toEqual([2, 11]);
  expect(wantedOf(records(), item).consent).toMatchObject({ version: 2, text: "Neuer Text." });
});

test("[R16] a yes is to these words: the same version with another text, made on another device, is none", async () => {
  await changeBefore(vault, { text: "Text." }, 5);
  noteConsent(vault, item, { text: { version: 1, text: "Text.", must: true }, accepted: true, now: 9 });
  expect(hasConsent(client(), before())).toBe(true);
  expect(hasConsent(client(), { ...before(), text: "Anderer." })).toBe(false);
});

test("[R16] taken back, it is noted with its time and asked for again; a no is not a yes", async () => {
  await changeBefore(vault, { text: "Text." }, 5);
  const text = { version: 1, text: "Text.", must: true };
  noteConsent(vault, item, { text, accepted: true, now: 9 });
  await revokeConsents(vault, item, 12);
  expect(client().consents[0]).toMatchObject({ at: 9, revokedAt: 12 });
  expect(wantedOf(records(), item).consent).not.toBe(null);
  noteConsent(vault, item, { text, accepted: false, now: 13 });
  expect(wantedOf(records(), item).consent).not.toBe(null);
  for (let now = 14; now < 60; now++) noteConsent(vault, item, { text, accepted: true, now });
  expect([client().consents.length, client().consents[0]?.at]).toEqual([CONSENTS_MAX, 59]);
});
