/** The second factor from the browser's side: a right password is answered with a question, and the answer goes where the question came
 * from. It protects the account; what is in the vault is opened by the password alone (TP1 §2.10). */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import type { Bytes } from "../../wire/bytes.ts";
import type { FactorList, FactorTurned, Method } from "../../wire/factors.ts";
import type { PasskeyId } from "../../wire/ids.ts";
import { Refused } from "./remote.ts";

/** What the server asks: with which methods it can be answered, and the ticket of this question. */
export type Asked = { readonly methods: readonly Method[]; readonly ticket: string };
/** What the app shows, a spare code as typed, or a passkey's signature. */
export type FactorAnswer =
  | { readonly totp: string }
  | { readonly spare: string }
  | { readonly passkey: AuthenticationResponseJSON };
/** Asks the person until `send` takes an answer; rejects with `Left` where they go back. */
export type AskSecond = <T>(asked: Asked, send: (answer: FactorAnswer) => Promise<T>) => Promise<T>;

/** The person went back instead of answering. */
export class Left extends Error {
  override readonly name = "Left";
}

/** Every function throws `Refused`. */
export type FactorsRemote = {
  list(): Promise<FactorList>;
  /** What a passkey has to sign for this ticket. */
  passkeyOptions(ticket: string): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** By the password; the ticket is good for changes for five minutes. */
  prove(authKey: Bytes): Promise<{ ticket: string }>;
  secondProof(ticket: string, answer: FactorAnswer): Promise<{ ticket: string }>;
  /** A new secret for an app, as text to type and as the address in the QR code. */
  draftTotp(ticket: string): Promise<{ secret: string; uri: string }>;
  turnTotpOn(ticket: string, code: string): Promise<FactorTurned>;
  turnTotpOff(ticket: string): Promise<void>;
  newPasskeyOptions(ticket: string): Promise<PublicKeyCredentialCreationOptionsJSON>;
  addPasskey(ticket: string, name: string, passkey: RegistrationResponseJSON): Promise<FactorTurned>;
  removePasskey(ticket: string, id: PasskeyId): Promise<void>;
  renewSpares(ticket: string): Promise<FactorTurned>;
};

/** The result of `work`; where the server asks for a second factor, of the answer that `ask` gets. */
export async function withSecond<T>(
  work: Promise<T>,
  ask: AskSecond,
  send: (ticket: string, answer: FactorAnswer) => Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const asked = error instanceof Refused ? error.second : undefined;
    if (asked === undefined) throw error;
    return ask(asked, (answer) => send(asked.ticket, answer));
  }
}

/** For whoever cannot ask anybody. */
export const askNobody: AskSecond = () => Promise.reject(new Refused("login.second-factor"));
