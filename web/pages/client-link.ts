/** The link this page was opened with; a `#` that some program made a `%23` is mended in the address bar (TP1 §2.2). */
import type { ClientLink } from "../../wasm/client.ts";
import { type LinkFault, linkKeys, parseLink } from "../../wasm/link.ts";
import type { BrandKey } from "../logo/shown.ts";

/** `brand` opens what the practice shows before anybody is there (TP1 §2.9). */
export type LinkInPage =
  | { readonly link: ClientLink; readonly brand: BrandKey; readonly exposed: boolean }
  | LinkFault;

/** Reads the link out of the address. libsodium must be ready. */
export function linkInPage(
  address: Pick<Location, "pathname" | "hash">,
  history: Pick<History, "replaceState">,
): LinkInPage {
  const text = address.pathname + address.hash;
  const parts = parseLink(text);
  if (typeof parts === "string") return parts;
  if (parts.exposed) history.replaceState(null, "", text.replace(/%(?:25)*23/i, "#"));
  const { rid, psk, brand } = linkKeys(parts.secret);
  const { fingerprint, exposed } = parts;
  return { link: { rid, psk, fingerprint }, brand: { rid, key: brand }, exposed };
}
