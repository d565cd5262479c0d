/** What is asked before a call, and each client's answers to the consent text (R3, A3, R16). */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { ready } from "../../wasm/sodium.ts";
import type { ItemId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { clientFor, settingsOf } from "./clients.ts";
import { answeredTexts, CONSENT_TEXTS_MAX, keptTexts } from "./consent-texts.ts";
import { changeBefore, hasConsent, noteConsent, revokeConsents, wantedOf } from "./consents.ts";
import { type ClientRecord, CONSENTS_MAX } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { type Seen, Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const owner = { account, vaultKey: new Uint8Array(32).fill(3) };
let remote: RemoteDouble;
let vault: Vault;
let item: ItemId;
const onDevice = () => Vault.load({ owner, remote, witness: new Witness(memoryShelf<Seen>(), account) });
const texts = (of: Vault) => keptTexts(of.state.get().records).map(([, { text }]) => text);
const says = (of: Vault, version: number, text: string, now: number) =>
  noteConsent(of, item, { text: { version, text, must: true }, accepted: true, now });
const records = () => vault.state.get().records;
const client = () => records().get(item) as ClientRecord;
const before = () => settingsOf(records()).before;

beforeAll(ready);
beforeEach(async () => {
  remote = new RemoteDouble();
  vault = await onDevice();
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

test("[R16][AT4] a yes is kept with version and time, asked for again when the text changes, and not when a switch does", async () => {
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

test("[R16] every text stays readable: by each answer its own words, also after the text was changed and taken away", async () => {
  await changeBefore(vault, { text: "Eins." }, 5);
  says(vault, 1, "Eins.", 6);
  await changeBefore(vault, { text: "Zwei." }, 7);
  says(vault, 2, "Zwei.", 8);
  await changeBefore(vault, { text: "Eins." }, 9);
  says(vault, 3, "Eins.", 10);
  await changeBefore(vault, { text: "" }, 11);
  const again = (await onDevice()).state.get().records;
  expect(keptTexts(again).map(([, { text, createdAt }]) => [text, createdAt])).toEqual([
    ["Eins.", 5],
    ["Zwei.", 7],
  ]);
  expect(answeredTexts(again, client().consents)).toMatchObject([
    { version: 3, text: "Eins." },
    { version: 2, text: "Zwei." },
  ]);
});

test("[R16] of a vault that an earlier program wrote: the text that is asked for is known and stays, an older one is said to be unknown", async () => {
  await changeBefore(vault, { text: "Alt." }, 5);
  says(vault, 1, "Alt.", 6);
  await changeBefore(vault, { text: "Neu." }, 7);
  says(vault, 2, "Neu.", 8);
  await vault.change((all) => {
    for (const [kept] of keptTexts(all)) all.delete(kept);
  });
  const known = () => answeredTexts(records(), client().consents).map(({ text }) => text);
  expect(known()).toEqual(["Neu.", null]);
  await changeBefore(vault, { text: "Neuer." }, 9);
  expect([known(), texts(vault)]).toEqual([
    ["Neu.", null],
    ["Neu.", "Neuer."],
  ]);
});

test("[R16] two devices that set a text at once lose neither, and one that both set is kept once", async () => {
  const other = await onDevice();
  await changeBefore(vault, { text: "Beide." }, 5);
  await changeBefore(other, { text: "Beide." }, 6);
  await changeBefore(vault, { text: "Hier." }, 7);
  await changeBefore(other, { text: "Dort." }, 8);
  await vault.refresh();
  for (const each of [vault, other, await onDevice()])
    expect(texts(each).sort()).toEqual(["Beide.", "Dort.", "Hier."]);
  expect(keptTexts(records())[0]?.[1].createdAt).toBe(5);
});

test("[R16] no more texts than the vault has room for: one that nobody has answered goes first", async () => {
  await changeBefore(vault, { text: "Beantwortet." }, 1);
  says(vault, 1, "Beantwortet.", 2);
  for (let now = 3; now < CONSENT_TEXTS_MAX + 4; now++)
    await changeBefore(vault, { text: `Text ${now}` }, now);
  const kept = texts(vault);
  expect(kept.length).toBe(CONSENT_TEXTS_MAX);
  expect([kept[0], kept.includes("Text 3"), kept.at(-1)]).toEqual([
    "Beantwortet.",
    false,
    `Text ${CONSENT_TEXTS_MAX + 3}`,
  ]);
});
