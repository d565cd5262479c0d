/** The shapes of what the API takes, for Elysia's validation. Binary fields are base64url without padding, ids 32 hex. */
import { t } from "elysia";
import type { Bytes } from "../../wire/bytes.ts";
import { fromBase64url } from "../../wire/bytes.ts";
import { ApiFailure } from "./failure.ts";

const chars = (bytes: number) => Math.ceil((bytes * 4) / 3);

/** Binary of exactly `n` bytes, or of `n` to `most`. */
export const binary = (n: number, most = n) =>
  t.String({ minLength: chars(n), maxLength: chars(most), pattern: "^[A-Za-z0-9_-]*$" });

/** An id of any kind. */
export const id = t.String({ pattern: "^[0-9a-f]{32}$" });

/** A user name as typed; how it is folded, wire/names.ts says. */
export const user = t.String({ maxLength: 200 });

/** The bytes of a field that `binary` let through. Throws `request.invalid` where its end is not canonical. */
export function bytesOf(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch {
    throw new ApiFailure("request.invalid");
  }
}

/** TP1 §2.10: salt 16 B, authKey 32 B, wrap 32 + 24 + 48 B. */
export const password = { salt: binary(16), authKey: binary(32), wrap: binary(104) };
export const recovery = { authR: binary(32), wrapR: binary(104) };
