/** What the clients of this practice see of it: kept as one record, written to the server for each link by `brand-keeper.ts`. */
import { newLogoKey, sealLogo } from "../../wasm/brand.ts";
import { type Brand, LOGO_BYTES_MAX } from "../../wire/brand.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, type LogoId, newId, type Rid } from "../../wire/ids.ts";
import type { Records } from "./merge.ts";
import type { VaultRecord } from "./records.ts";
import type { Vault } from "./vault.ts";

/** The brand of one link, sealed. */
export type SealedBrand = { readonly rid: Rid; readonly box: Bytes };
/** What the server hands to clients now. */
export type SealedBrands = { readonly logo: LogoId | null; readonly brands: readonly SealedBrand[] };

/** Every function throws `Refused`. */
export type BrandRemote = {
  putLogo(id: LogoId, box: Bytes): Promise<void>;
  /** Takes logo and brands away, if the logo is still this one (null: none). */
  removeLogo(id: LogoId | null): Promise<void>;
  readBrands(): Promise<SealedBrands>;
  /** At most `BRANDS_PER_PUT`; "link.unknown" where the server does not know one of the links (any more). */
  putBrands(put: readonly SealedBrand[]): Promise<void>;
};

/** A picture as it is to be shown, at most `LOGO_BYTES_MAX`. */
export type Picture = {
  readonly bytes: Bytes;
  readonly type: "image/png" | "image/webp";
  readonly width: number;
  readonly height: number;
};

/** What clients see; null: nothing. */
export function brandOf(records: Records): Brand | null {
  for (const record of records.values()) if (record.t === "brand") return record.shown;
  return null;
}

/** What is needed to show a logo, beside its sealed picture. */
export type ShowLogo = {
  readonly remote: BrandRemote;
  readonly locale: Brand["locale"];
  readonly now: number;
};

/** Seals the picture under a new key and shows it to every client. Throws `Refused`, `RangeError` on a picture that is too large. */
export async function showLogo(
  vault: Vault,
  picture: Picture,
  { remote, locale, now }: ShowLogo,
): Promise<void> {
  if (picture.bytes.length > LOGO_BYTES_MAX) throw new RangeError("too large for a logo");
  const { bytes, ...form } = picture;
  const [id, key] = [newId<LogoId>(), newLogoKey()];
  // first the picture: a record that names none would leave clients without the old one too
  await remote.putLogo(id, sealLogo(key, id, bytes));
  await setBrand(vault, (before) => brandWith(before, { logo: { id, key, ...form } }, locale), now);
}

/** Shows no logo any more. Throws `Refused`; what the server could not be told is told when it answers again. */
export async function removeLogo(vault: Vault, remote: BrandRemote, now: number): Promise<void> {
  const before = brandOf(vault.state.get().records);
  const after = before && brandWith(before, { logo: null }, before.locale);
  // the server drops all brands with the logo: those that still name the practice are written after that
  if (after !== null) await remote.removeLogo(before?.logo?.id ?? null);
  await setBrand(vault, (shown) => shown && brandWith(shown, { logo: null }, shown.locale), now);
  if (after === null) await remote.removeLogo(before?.logo?.id ?? null);
}

/** What clients see with this change; null where nothing is left to see. */
export function brandWith(
  before: Brand | null,
  change: Partial<Pick<Brand, "logo" | "name" | "imprint">>,
  locale: Brand["locale"],
): Brand | null {
  const { logo = null, name = null, imprint = null } = { ...before, ...change };
  if (logo === null && name === null && imprint === null) return null;
  // in the order of the shape, so that it is the same bytes when it is read again
  return { v: 1, logo, name, imprint, locale };
}

/** Puts what clients see into records that are being changed. */
export function putBrand(records: Map<ItemId, VaultRecord>, shown: Brand | null, now: number): void {
  const old = [...records].find(([, record]) => record.t === "brand");
  records.set(old?.[0] ?? newId<ItemId>(), { t: "brand", shown, changedAt: now });
}

async function setBrand(
  vault: Vault,
  next: (before: Brand | null) => Brand | null,
  now: number,
): Promise<void> {
  await vault.change((records) => putBrand(records, next(brandOf(records)), now));
}
