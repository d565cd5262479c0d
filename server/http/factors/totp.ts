/** The codes of an app (RFC 6238: SHA-1, six digits, 30 s, which every app knows): their secret as it is stored, and which code is right. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Bytes } from "../../../wire/bytes.ts";
import type { PracticeId } from "../../../wire/ids.ts";

const SECRET_BYTES = 20;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PERIOD_S = 30;
/** Steps before and after now whose code is right too. Higher: a guess is right more often. Lower: a phone whose clock is half a minute
 * wrong shuts its owner out. */
const WINDOW = 1;
const ISSUER = "TheraPsy Connect";

/** A new secret, 160 bits. */
export function newTotpSecret(): Bytes {
  return new Uint8Array(randomBytes(SECRET_BYTES));
}

/** The secret as it is stored: nonce ‖ AES-256-GCM under a key of the server's key file, bound to its account. */
export function sealTotp(key: Uint8Array, practice: PracticeId, secret: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(boundTo(practice));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, sealed, cipher.getAuthTag()]));
}

/** The secret in a stored box. Throws where the box is not of this account and this key. */
export function openTotp(key: Uint8Array, practice: PracticeId, box: Uint8Array): Bytes {
  const nonce = box.subarray(0, NONCE_BYTES);
  const cipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(practice)).setAuthTag(box.subarray(-TAG_BYTES));
  const opened = [cipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()];
  return new Uint8Array(Buffer.concat(opened));
}

/** Which step of 30 s this code belongs to; null where it is not right now. `now` in Unix milliseconds. */
export function stepOfCode(secret: Bytes, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta;
}

/** What the app is told: the secret to type, and the address inside the QR code. */
export function totpDraft(secret: Bytes, user: string): { secret: string; uri: string } {
  const totp = totpOf(secret, user);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

function totpOf(secret: Bytes, label = "account"): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: new Secret({ buffer: secret.slice().buffer }) });
}

function boundTo(practice: PracticeId): Buffer {
  return Buffer.from(`tpc totp ${practice}`);
}
