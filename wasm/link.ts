/** The permanent link of a client (TP1 §2.2): made once, sent once; its secret stays behind the `#`. */
import { type Bytes, base64url, concat, fromBase64url } from "../wire/bytes.ts";
import { idOf, type Rid } from "../wire/ids.ts";
import { hash, subkey } from "./hash.ts";
import { type Random, randomBytes, wipe } from "./sodium.ts";

/** Bytes of the link secret L. */
export const LINK_SECRET_BYTES = 16;
const FINGERPRINT_BYTES = 16;
/** First character after the `#`. */
const LINK_VERSION = "1";
/** base64url of 32 bytes. */
const PAYLOAD_CHARS = 43;
/** Higher: a pasted mail is searched longer. Lower: a link rewritten by a mail scanner no longer fits. */
const TEXT_MAX = 4096;

/** What the link secret gives: `rid` is all the server learns; `psk` enters the handshake; `brand` opens the waiting page's box. */
export type LinkKeys = { readonly rid: Rid; readonly psk: Bytes; readonly brand: Bytes };

/** `exposed`: the `#` had become `%23`, so the secret was part of the path and went to a server: ask for a new link. */
export type LinkParts = { readonly secret: Bytes; readonly fingerprint: Bytes; readonly exposed: boolean };

/** `none` no link in the text · `cut` its end is missing · `version` of a later program · `garbage` anything else. */
export type LinkFault = "none" | "cut" | "version" | "garbage";

/** A new link secret L, 16 random bytes. */
export function newLinkSecret(random: Random = randomBytes): Bytes {
  return random(LINK_SECRET_BYTES);
}

/** The keys of a link secret (TP1 §2.2). */
export function linkKeys(secret: Uint8Array): LinkKeys {
  const linkKey = hash(32, secret, "tp1 link");
  const keys = {
    rid: idOf<Rid>(subkey(linkKey, 1, "tp1_link", 16)),
    psk: subkey(linkKey, 2, "tp1_link"),
    brand: subkey(linkKey, 3, "tp1_link"),
  };
  wipe(linkKey);
  return keys;
}

/** `https://host/j#1…`, to be shown and sent. `origin` without a slash at its end. */
export function formatLink(origin: string, secret: Uint8Array, fingerprint: Uint8Array): string {
  return `${origin}/j#${LINK_VERSION}${base64url(concat(secret, fingerprint))}`;
}

/** The parts of a link in `text`: a whole URL, a path, or the hash alone, with `#`, `%23` or `%2523`. */
export function parseLink(text: string): LinkParts | LinkFault {
  if (text.length > TEXT_MAX) return "garbage";
  const marker = /^(.*)(#|%(?:25)*23)(.*)$/is.exec(text.trim());
  const fragment = marker?.[3] ?? "";
  if (fragment === "") return "none";
  // What mail programs append (a full stop, a bracket, a parameter) is no base64url and ends the run.
  const run = /^[\w-]*/.exec(fragment)?.[0] ?? "";
  const fault = faultOf(run, fragment.slice(run.length));
  if (fault !== null) return fault;
  return partsOf(run.slice(1), /%(?:25)*23/i.test(text));
}

function faultOf(run: string, rest: string): LinkFault | null {
  if (!run.startsWith(LINK_VERSION)) return /^[2-9]/.test(run) ? "version" : "garbage";
  if (run.length > PAYLOAD_CHARS + 1) return "garbage";
  if (run.length === PAYLOAD_CHARS + 1) return null;
  return /^[+/%=]/.test(rest) ? "garbage" : "cut";
}

function partsOf(payload: string, exposed: boolean): LinkParts | LinkFault {
  try {
    const bytes = fromBase64url(payload);
    const secret = bytes.slice(0, LINK_SECRET_BYTES);
    const fingerprint = bytes.slice(LINK_SECRET_BYTES, LINK_SECRET_BYTES + FINGERPRINT_BYTES);
    wipe(bytes);
    return { secret, fingerprint, exposed };
  } catch {
    return "garbage";
  }
}
