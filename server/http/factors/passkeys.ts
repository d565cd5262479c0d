/** Passkeys (WebAuthn) as a second factor: what browsers are asked for, and whether what they say is right. No attestation: which make a key
 * is of is nobody's business, and its certificates would name addresses to ask. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import type { Passkey } from "../../../db/factors.ts";
import { fromBase64url } from "../../../wire/bytes.ts";
import type { Base } from "../base.ts";

const NAME = "TheraPsy Connect";

/** The site a passkey belongs to. */
export type Site = { readonly origin: string; readonly rpID: string };

/** Our own site: the configured origin, else the one this request comes from, which was checked to be ours. */
export function siteOf({ config }: Base, request: Request): Site {
  const origin = config.origin ?? request.headers.get("origin") ?? "http://localhost";
  return { origin, rpID: new URL(origin).hostname };
}

/** What a browser is asked for to make a passkey that this account has not yet. */
export function registrationOptions({ rpID }: Site, user: string, known: readonly Passkey[]) {
  return generateRegistrationOptions({
    rpName: NAME,
    rpID,
    userName: user,
    userDisplayName: user,
    attestationType: "none",
    excludeCredentials: known.map(described),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
}

/** What a browser is asked for to use one of these. */
export function assertionOptions({ rpID }: Site, known: readonly Passkey[]) {
  const allowCredentials = known.map(described);
  return generateAuthenticationOptions({ rpID, allowCredentials, userVerification: "preferred" });
}

/** What is stored of a new passkey. */
export type NewPasskey = Pick<Passkey, "credential" | "publicKey" | "counter" | "transports">;

/** The passkey a browser has made for `challenge`; null where that is not so. */
export async function registered(
  { origin, rpID }: Site,
  response: RegistrationResponseJSON,
  challenge: string,
): Promise<NewPasskey | null> {
  if (bringsCertificates(response)) return null;
  const asked = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID };
  const answer = await quietly(
    verifyRegistrationResponse({ response, ...asked, requireUserVerification: false }),
  );
  if (!answer?.verified) return null;
  const { id, publicKey, counter } = answer.registrationInfo.credential;
  const transports = response.response.transports ?? [];
  return { credential: id, publicKey: new Uint8Array(publicKey), counter, transports };
}

/** The new counter of the passkey that signed `challenge`; null where it did not. */
export async function asserted(
  { origin, rpID }: Site,
  response: AuthenticationResponseJSON,
  challenge: string,
  { credential, publicKey, counter }: Passkey,
): Promise<number | null> {
  const asked = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID };
  const known = { id: credential, publicKey, counter };
  const verified = verifyAuthenticationResponse({
    response,
    ...asked,
    credential: known,
    requireUserVerification: false,
  });
  const answer = await quietly(verified);
  return answer?.verified ? answer.authenticationInfo.newCounter : null;
}

/** True for what is refused before the library looks: it would ask the addresses in them whether they were revoked (R12). */
export function bringsCertificates({ response }: Pick<RegistrationResponseJSON, "response">): boolean {
  try {
    const object = decodeAttestationObject(fromBase64url(response.attestationObject));
    const format = object.get("fmt");
    return format !== "none" && (format !== "packed" || object.get("attStmt").get("x5c") !== undefined);
  } catch {
    return true;
  }
}

/** The library throws on anything that is not right; what exactly is for nobody. */
async function quietly<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}

function described({ credential, transports }: Passkey) {
  return { id: credential, transports };
}
