/** What is asked before a call, as the vault knows it: the practice's consent text with its version, and each client's answers (R3, A3, R16). */
import { sodium } from "../../wasm/sodium.ts";
import type { ConsentAnswer, ConsentText } from "../../wire/asked.ts";
import { type Bytes, sameBytes, utf8 } from "../../wire/bytes.ts";
import type { ItemId } from "../../wire/ids.ts";
import { WANTS_NOTHING, type Wanted } from "../call/desk-types.ts";
import { changeSettings, settingsOf } from "./clients.ts";
import type { Records } from "./merge.ts";
import { type BeforeCall, type ClientRecord, CONSENTS_MAX } from "./records.ts";
import type { Vault } from "./vault.ts";

/** Names a text for good: an answer belongs to these very words. */
export function hashOfText(text: string): Bytes {
  return sodium.crypto_hash_sha256(utf8(text));
}

/** What the practice wants of this client and does not have. */
export function wantedOf(records: Records, item: ItemId): Wanted {
  const record = records.get(item);
  if (record?.t !== "client") return WANTS_NOTHING;
  const { before } = settingsOf(records);
  return {
    name: before.name && record.name === null,
    card: before.card,
    consent: before.text === "" || hasConsent(record, before) ? null : textOf(before),
  };
}

function textOf({ version, text, must }: BeforeCall): ConsentText {
  return { version, text, must };
}

/** True where the newest answer to this very text is a "yes" that was not taken back. */
export function hasConsent({ consents }: ClientRecord, { version, text }: BeforeCall): boolean {
  const hash = hashOfText(text);
  const newest = consents.find((answer) => answer.version === version && sameBytes(answer.hash, hash));
  return newest?.accepted === true && newest.revokedAt === null;
}

type Said = { readonly text: ConsentText; readonly accepted: boolean; readonly now: number };

/** Keeps an answer in the client's record. It stays on this page and goes with the next save where it could not be saved. */
export function noteConsent(vault: Vault, item: ItemId, { text, accepted, now }: Said): void {
  const { version } = text;
  const answer: ConsentAnswer = { version, hash: hashOfText(text.text), at: now, accepted, revokedAt: null };
  const saved = changeConsents(vault, item, (consents) => [answer, ...consents].slice(0, CONSENTS_MAX));
  saved.catch(() => undefined);
}

/** "Widerrufen": every "yes" that still stands is taken back. Throws `Refused`. */
export function revokeConsents(vault: Vault, item: ItemId, now: number): Promise<void> {
  return changeConsents(vault, item, (consents) =>
    consents.map((answer) =>
      answer.accepted && answer.revokedAt === null ? { ...answer, revokedAt: now } : answer,
    ),
  );
}

/** Changes what is asked before a call; another text is another version, so that everybody is asked again. Throws `Refused`. */
export function changeBefore(vault: Vault, change: Partial<BeforeCall>, now: number): Promise<void> {
  const { before } = settingsOf(vault.state.get().records);
  const next = { ...before, ...change };
  const isNew = next.text !== before.text;
  const version = isNew ? before.version + 1 : before.version;
  return changeSettings(vault, { before: { ...next, version, since: isNew ? now : before.since } }, now);
}

async function changeConsents(
  vault: Vault,
  item: ItemId,
  change: (consents: readonly ConsentAnswer[]) => ConsentAnswer[],
): Promise<void> {
  await vault.change((records) => {
    const record = records.get(item);
    if (record?.t === "client") records.set(item, { ...record, consents: change(record.consents) });
  });
}
