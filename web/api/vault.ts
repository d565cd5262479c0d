/** What the server keeps sealed: the vault, the logo, the brands of links. */
import { base64url, fromBase64url } from "../../wire/bytes.ts";
import type { ItemId, LogoId, Rid } from "../../wire/ids.ts";
import type { BrandRemote } from "../vault/brand.ts";
import type { SealedChange, VaultRemote } from "../vault/remote.ts";
import { api, take } from "./server.ts";

/** The sealed vault. */
export const vaultApi: VaultRemote = {
  async readVault() {
    const { counter, manifest, items } = await take(api().vault.get());
    return {
      counter,
      manifest: manifest === null ? null : fromBase64url(manifest),
      items: items.map(({ id, version, box }) => ({ id: id as ItemId, version, box: fromBase64url(box) })),
    };
  },
  async writeVault({ base, manifest, put, drop, links }: SealedChange) {
    const body = {
      base,
      manifest: base64url(manifest),
      put: put.map(({ id, version, box }) => ({ id, version, box: base64url(box) })),
      drop: [...drop],
      links: { add: [...links.add], drop: [...links.drop] },
    };
    return take(api().vault.post(body));
  },
};

/** The practice's sealed logo, and the sealed brands of its links. */
export const brandApi: BrandRemote = {
  async putLogo(id, box) {
    await take(api().logo.put({ id, box: base64url(box) }));
  },
  async removeLogo(id) {
    await take(api().logo.delete({ id }));
  },
  async readBrands() {
    const { logo, brands } = await take(api().brands.get());
    return {
      logo: logo as LogoId | null,
      brands: brands.map(({ rid, box }) => ({ rid: rid as Rid, box: fromBase64url(box) })),
    };
  },
  async putBrands(put) {
    await take(api().brands.put({ put: put.map(({ rid, box }) => ({ rid, box: base64url(box) })) }));
  },
};
