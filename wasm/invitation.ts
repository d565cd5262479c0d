/** The invitation of practice staff (e2ee.md §2.11): a key that stays in the two browsers, and a token of which the server keeps the hash. */
import { type Bytes, base64url, concat, fromBase64url } from "../wire/bytes.ts";
import { INVITATION_TOKEN_BYTES } from "../wire/staff.ts";
import { type Random, randomBytes, sodium, wipe } from "./sodium.ts";
import { newStaffKey, STAFF_KEY_BYTES } from "./staff.ts";

/** First character after the `#`. */
const INVITATION_VERSION = "1";
/** base64url of 48 bytes. */
const PAYLOAD_CHARS = 64;
/** Higher: a pasted mail is searched longer. Lower: a link rewritten by a mail scanner no longer fits. */
const TEXT_MAX = 4096;

/** `key` is SK, `token` what the server is shown when the invitation is accepted. */
export type Invitation = { readonly key: Bytes; readonly token: Bytes };

/** `exposed`: the `#` had become `%23`, so the key was part of a path and went to a server: ask for a new invitation. */
export type InvitationFault = "none" | "cut" | "version" | "garbage" | "exposed";

/** A new invitation: both parts are random and tell nothing of each other. */
export function newInvitation(random: Random = randomBytes): Invitation {
  return { key: newStaffKey(random), token: random(INVITATION_TOKEN_BYTES) };
}

/** What the server is told when an invitation is made: SHA-256 of the token. */
export function tokenHash(token: Uint8Array): Bytes {
  return sodium.crypto_hash_sha256(token);
}

/** `https://host/invite#1…`, to be sent once. `origin` without a slash at its end. */
export function formatInvitation(origin: string, { key, token }: Invitation): string {
  return `${origin}/invite#${INVITATION_VERSION}${base64url(concat(key, token))}`;
}

/** The parts of an invitation in `text`: a whole URL, a path, or the hash alone. */
export function parseInvitation(text: string): Invitation | InvitationFault {
  if (text.length > TEXT_MAX) return "garbage";
  if (/%(?:25)*23/i.test(text)) return "exposed";
  // What mail programs append (a full stop, a bracket) is no base64url and ends the run.
  const run = /#([\w-]*)/.exec(text)?.[1] ?? "";
  if (run === "") return "none";
  if (!run.startsWith(INVITATION_VERSION)) return /^[2-9]/.test(run) ? "version" : "garbage";
  if (run.length !== PAYLOAD_CHARS + 1) return run.length > PAYLOAD_CHARS ? "garbage" : "cut";
  const bytes = fromBase64url(run.slice(1));
  const parts = { key: bytes.slice(0, STAFF_KEY_BYTES), token: bytes.slice(STAFF_KEY_BYTES) };
  wipe(bytes);
  return parts;
}
