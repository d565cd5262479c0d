/** The shapes of what the routes of the second factor take: tickets, answers, and what a browser says of a passkey. */
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { t } from "elysia";
import { PASSKEY_NAME_MAX } from "../../../wire/factors.ts";
import { binary } from "../shapes.ts";

/** Higher: more work on nonsense. Lower: a large key's signature does not fit. Characters of base64url. */
const FIELD_MAX = 8192;
const field = t.String({ maxLength: FIELD_MAX, pattern: "^[A-Za-z0-9_-]*$" });
const about = {
  id: field,
  rawId: field,
  type: t.Literal("public-key"),
  authenticatorAttachment: t.Optional(t.Union([t.Literal("platform"), t.Literal("cross-platform")])),
  clientExtensionResults: t.Object({}),
};
const assertion = t.Object({
  ...about,
  response: t.Object({
    clientDataJSON: field,
    authenticatorData: field,
    signature: field,
    userHandle: t.Optional(field),
  }),
});
const transports = t.Array(t.String({ maxLength: 20, pattern: "^[a-z-]+$" }), { maxItems: 8 });
const attestation = t.Object({
  ...about,
  response: t.Object({
    clientDataJSON: field,
    attestationObject: field,
    transports: t.Optional(transports),
  }),
});

/** A ticket as text. */
export const ticket = binary(32);
/** One of the three: what the app shows, a spare code as typed, a passkey's signature. */
export const answer = {
  totp: t.Optional(t.String({ pattern: "^[0-9]{6}$" })),
  spare: t.Optional(t.String({ maxLength: 64 })),
  passkey: t.Optional(assertion),
};
/** A new passkey and its name. */
export const newPasskey = {
  name: t.String({ minLength: 1, maxLength: PASSKEY_NAME_MAX }),
  passkey: attestation,
};

export type Answer = { totp?: string; spare?: string; passkey?: AuthenticationResponseJSON };
