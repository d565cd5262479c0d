/** Everything a practice has, as one readable JSON text, made piece by piece: nothing but the vault and one month is held at a time.
 * Version 1, top level in this order:
 * `format` "therapsy-connect-account", `version`, `madeAt`; `account` user, email, createdAt; `vault` clients (with link, code, note, calls, consents),
 * groups, settings, brand, consentTexts; `sessions`; `secondFactors`; `plannedCalls`; `calendar`; `tokens`; `staff`; `ledger` with the account and every month.
 * Times are ISO 8601, points thousandths. Left out on purpose: keys and secrets other than the links themselves. */
import type { Identity } from "../../wasm/identity.ts";
import { formatLink } from "../../wasm/link.ts";
import type { AccountFacts } from "../../wire/account.ts";
import { hex } from "../../wire/bytes.ts";
import type { ItemId } from "../../wire/ids.ts";
import { shownCode } from "../vault/codes.ts";
import { wordsByHash } from "../vault/consent-texts.ts";
import type { Records } from "../vault/merge.ts";
import type { ClientRecord, GroupRecord } from "../vault/records.ts";

/** What the server is asked for. Every function throws `Refused`. */
export type ExportSources = {
  facts(): Promise<AccountFacts>;
  /** Whole answers under the names of the file, in order. */
  readonly lists: readonly (readonly [string, () => Promise<unknown>])[];
  ledger(): Promise<unknown>;
  /** A month as `2026-11`. */
  statement(month: string): Promise<unknown>;
};

/** The vault of the file; `identity` is null where the practice has no links yet. */
export type ExportVault = {
  readonly records: Records;
  readonly identity: Identity | null;
  readonly origin: string;
};

/** The text in pieces. `now` in Unix milliseconds. */
export async function* exportText(
  sources: ExportSources,
  vault: ExportVault,
  now: number,
): AsyncGenerator<string> {
  const { months, ...account } = await sources.facts();
  yield `{\n"format": "therapsy-connect-account",\n"version": 1,\n"madeAt": ${json(iso(now))},\n`;
  yield `"account": ${json({ ...account, createdAt: iso(account.createdAt) })},\n`;
  yield* vaultText(vault);
  for (const [name, read] of sources.lists) yield `${json(name)}: ${json(dated(await read()))},\n`;
  yield `"ledger": {\n"account": ${json(await sources.ledger())},\n"months": [`;
  for (const [at, month] of months.entries())
    yield `${at > 0 ? "," : ""}\n${json(await sources.statement(month))}`;
  yield "\n]\n}\n}\n";
}

function* vaultText(vault: ExportVault): Generator<string> {
  const records = [...vault.records.values()];
  yield '"vault": {\n"clients": [';
  yield* rows(records.flatMap((record) => (record.t === "client" ? [() => clientOf(vault, record)] : [])));
  yield '],\n"groups": [';
  yield* rows(
    records.flatMap((record) => (record.t === "group" ? [() => groupOf(vault.records, record)] : [])),
  );
  const settings = records.find((record) => record.t === "settings") ?? null;
  const brand = records.flatMap((record) => (record.t === "brand" && record.shown ? [record.shown] : []))[0];
  const shown = brand
    ? { name: brand.name, imprint: brand.imprint, logo: brand.logo !== null, locale: brand.locale }
    : null;
  yield `],\n"settings": ${json(dated(settings))},\n"brand": ${json(shown)},\n"consentTexts": [`;
  const texts = [...wordsByHash(vault.records)];
  yield* rows(
    texts.map(([textSha256, text]) => () => ({ textSha256, text })),
  );
  yield "]\n},\n";
}

function* rows(made: readonly (() => unknown)[]): Generator<string> {
  for (const [at, make] of made.entries()) yield `${at > 0 ? "," : ""}\n${json(make())}`;
}

function clientOf({ identity, origin }: ExportVault, record: ClientRecord) {
  const { id, name, note, createdAt, links, calls, consents } = record;
  return {
    id,
    code: shownCode(record),
    name,
    note,
    createdAt: iso(createdAt),
    links: links.map((link) => ({
      link: identity && formatLink(origin, link.secret, identity.fingerprint),
      createdAt: iso(link.createdAt),
    })),
    calls: calls.map(({ at, ...call }) => ({ at: iso(at), ...call })),
    consents: consents.map(({ at, hash, revokedAt, version, accepted }) => ({
      at: iso(at),
      version,
      accepted,
      revokedAt: revokedAt === null ? null : iso(revokedAt),
      textSha256: hex(hash),
    })),
  };
}

function groupOf(records: Records, { name, clients, note, createdAt }: GroupRecord) {
  const ids = clients.flatMap((item: ItemId) => {
    const record = records.get(item);
    return record?.t === "client" ? [record.id] : [];
  });
  return { name, clients: ids, note, createdAt: iso(createdAt) };
}

/** A copy in which what is named as a time reads as one, whatever depth it stands in. */
function dated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dated);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([name, inner]) => [
    name,
    /(?:At|^since)$/.test(name) && typeof inner === "number" ? iso(inner) : dated(inner),
  ]);
  return Object.fromEntries(pairs);
}

const iso = (at: number): string => new Date(at).toISOString();
const json = (value: unknown): string => JSON.stringify(value);
