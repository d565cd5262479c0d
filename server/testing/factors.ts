/** Turning second factors on and answering for them, as a page does; for tests. */
import { Secret, TOTP } from "otpauth";
import { createAuthenticator } from "./authenticator.ts";
import { type Browser, createBrowser, type Rig, register } from "./rig.ts";

/** The code an app with this secret shows at `now`. */
export function codeAt(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
}

/** A ticket that may change factors, by the password alone. */
export async function provesPassword(browser: Browser, authKey: string): Promise<string> {
  const got = await browser.ask("POST", "/api/factors/proof", { authKey });
  return String(got.body.ticket);
}

/** Turns the codes of an app on. */
export async function turnsTotpOn(rig: Rig, browser: Browser, ticket: string) {
  const { body } = await browser.ask("POST", "/api/factors/totp/draft", { ticket });
  const secret = String(body.secret);
  const got = await browser.ask("PUT", "/api/factors/totp", { ticket, code: codeAt(secret, rig.time.now) });
  if (got.status !== 200) throw new Error(`turning on answered ${got.status}`);
  return { secret, uri: String(body.uri), spares: got.body.spares as string[] };
}

/** Makes a passkey and turns it on. */
export async function turnsPasskeyOn(browser: Browser, ticket: string, name = "Laptop") {
  const key = createAuthenticator();
  const asked = await browser.ask("POST", "/api/factors/passkeys/options", { ticket });
  const passkey = key.register({ challenge: String(asked.body.challenge) });
  const got = await browser.ask("POST", "/api/factors/passkeys", { ticket, name, passkey });
  return { key, got };
}

/** A practice with the codes of an app on; the clock has moved on, so that the code it was turned on with is over. */
export async function withTotp(rig: Rig) {
  const { browser, sent } = await register(rig);
  const made = await turnsTotpOn(rig, browser, await provesPassword(browser, sent.authKey));
  rig.time.now += 120_000;
  return { browser, sent, ...made };
}

/** A new browser types the right password; `got` is the answer, `ticket` what it says. */
export async function typesPassword(
  rig: Rig,
  sent: { user: string; authKey: string },
  browser = createBrowser(rig),
) {
  const got = await browser.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
  return { browser, got, ticket: String(got.body.ticket) };
}
