/** The brand's boxes, one for each link: sealed for the server, and compared with what it has. */
import { openBrand, sealBrand } from "../../wasm/brand.ts";
import { linkKeys } from "../../wasm/link.ts";
import { type Brand, encodeBrand } from "../../wire/brand.ts";
import { type Bytes, hex } from "../../wire/bytes.ts";
import type { Rid } from "../../wire/ids.ts";
import type { SealedBrand } from "./brand.ts";
import { handlesOf } from "./change.ts";
import type { Records } from "./merge.ts";

/** A link that the server knows. */
export type Link = { readonly rid: Rid; readonly secret: Bytes };

/** Those that the server knows: the others do not work. */
export function linksOf(records: Records): Link[] {
  return [...records.values()].flatMap((record) => {
    const known = new Set(handlesOf(record));
    return record.t === "client" ? record.links.filter(({ rid }) => known.has(rid)) : [];
  });
}

/** Two brands with the same name are the same. */
export function nameOf(brand: Brand | null): string {
  return brand === null ? "" : hex(encodeBrand(brand));
}

/** What the server shall hand to whoever has this link. */
export function sealedFor({ rid, secret }: Link, brand: Brand): SealedBrand {
  return { rid, box: sealBrand(linkKeys(secret).brand, rid, brand) };
}

/** The links whose box opens to this brand. */
export function ridsWith(wanted: Brand | null, records: Records, brands: readonly SealedBrand[]): Set<Rid> {
  const boxes = new Map(brands.map(({ rid, box }) => [rid, box]));
  const has = ({ rid, secret }: Link) => {
    const box = boxes.get(rid);
    return box !== undefined && nameOf(opened(linkKeys(secret).brand, rid, box)) === nameOf(wanted);
  };
  return new Set(
    linksOf(records)
      .filter(has)
      .map(({ rid }) => rid),
  );
}

function opened(key: Uint8Array, rid: Rid, box: Uint8Array): Brand | null {
  try {
    return openBrand(key, rid, box);
  } catch {
    return null;
  }
}
