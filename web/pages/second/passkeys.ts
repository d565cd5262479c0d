/** Passkeys in this browser: whether it can, making one, signing with one. The code for it is fetched when it is needed. */
import { factorsApi } from "../../api/factors.ts";
import { fetched } from "../../fetched.ts";
import type { FactorAnswer } from "../../vault/second.ts";

/** The browser or the person stopped it, or the device has none; browsers do not say which. */
export class PasskeyFailed extends Error {
  override readonly name = "PasskeyFailed";
}

/** False on pages without a secure connection, under a bare address, and in old browsers. */
export function hasPasskeys(): boolean {
  const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
  return isSecureContext && !isAddress && typeof PublicKeyCredential === "function";
}

/** Signs what the server asks for this ticket. Throws `Refused`, `PasskeyFailed`. */
export async function signWithPasskey(ticket: string): Promise<FactorAnswer> {
  const optionsJSON = await factorsApi.passkeyOptions(ticket);
  const { startAuthentication } = await fetched(() => import("@simplewebauthn/browser"));
  return { passkey: await stopped(startAuthentication({ optionsJSON })) };
}

/** Makes a passkey and turns it on. Throws `Refused`, `PasskeyFailed`. */
export async function makePasskey(ticket: string, name: string) {
  const optionsJSON = await factorsApi.newPasskeyOptions(ticket);
  const { startRegistration } = await fetched(() => import("@simplewebauthn/browser"));
  return factorsApi.addPasskey(ticket, name, await stopped(startRegistration({ optionsJSON })));
}

async function stopped<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new PasskeyFailed();
  }
}
