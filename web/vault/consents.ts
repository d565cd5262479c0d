/** What is asked before a call, as the vault knows it: the practice's consent text with its version, and each client's answers (R3, A3, R16). */
import type { ConsentAnswer, ConsentText } from "../../wire/asked.ts";
import { sameBytes } from "../../wire/bytes.ts";
import type { ItemId } from "../../wire/ids.ts";
import { WANTS_NOTHING, type Wanted } from "../call/desk-types.ts";
import { setSettings, settingsOf } from "./clients.ts";
import { hashOfText, keepText } from "./consent-texts.ts";
import type { Records } from "./merge.ts";
import { type BeforeCall, type ClientRecord, CONSENTS_MAX, type VaultRecord } from "./records.ts";
import type { Vault } from "./vault.ts";

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

/** Keeps an answer in the client's record, and the words it is to. It stays on this page and goes with the next save where it could not be
 * saved. */
export function noteConsent(vault: Vault, item: ItemId, { text, accepted, now }: Said): void {
  const { version } = text;
  const answer: ConsentAnswer = { version, hash: hashOfText(text.text), at: now, accepted, revokedAt: null };
  const saved = vault.change((records) => {
    withConsents(records, item, (consents) => [answer, ...consents].slice(0, CONSENTS_MAX));
    const { before } = settingsOf(records);
    keepText(records, text.text, text.text === before.text ? before.since : now);
  });
  saved.catch(() => undefined);
}

/** "Widerrufen": every "yes" that still stands is taken back. Throws `Refused`. */
export function revokeConsents(vault: Vault, item: ItemId, now: number): Promise<void> {
  const takenBack = (answer: ConsentAnswer) =>
    answer.accepted && answer.revokedAt === null ? { ...answer, revokedAt: now } : answer;
  return vault.change((records) => withConsents(records, item, (consents) => consents.map(takenBack)));
}

/** Changes what is asked before a call; another text is another version, so that everybody is asked again, and the words of both stay.
 * Throws `Refused`. */
export function changeBefore(vault: Vault, change: Partial<BeforeCall>, now: number): Promise<void> {
  return vault.change((records) => {
    const { before } = settingsOf(records);
    const next = { ...before, ...change };
    const isNew = next.text !== before.text;
    const version = isNew ? before.version + 1 : before.version;
    setSettings(records, { before: { ...next, version, since: isNew ? now : before.since } }, now);
    // an earlier program has set it without keeping it
    keepText(records, before.text, before.since);
    keepText(records, next.text, now);
  });
}

function withConsents(
  records: Map<ItemId, VaultRecord>,
  item: ItemId,
  change: (consents: readonly ConsentAnswer[]) => ConsentAnswer[],
): void {
  const record = records.get(item);
  if (record?.t === "client") records.set(item, { ...record, consents: change(record.consents) });
}
