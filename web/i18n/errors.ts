/** From an error to the sentence people read. What we do not know is our own mistake and says so. */

import { TP1Error } from "../../wasm/error.ts";
import { Refused } from "../vault/remote.ts";
import { errors as de } from "./de/errors.ts";
import { errors as en } from "./en/errors.ts";
import { language } from "./language.ts";

const errors = () => (language() === "de" ? de : en);

/** What "login.wrong" means depends on what was asked for. */
export type Proof = "login" | "password" | "recovery";

/** The sentence for `error`. `proof`: what the person had to prove. */
export function sayError(error: unknown, proof: Proof = "login"): string {
  if (error instanceof Refused) return sayRefused(error, proof);
  if (error instanceof TP1Error) return errors().vault[error.reason] ?? errors().api["server.bug"];
  if (error instanceof Error && error.name === "StretchFailed") return errors().memory;
  if (error instanceof Error && error.name === "PasskeyFailed") return errors().passkey;
  return errors().api["server.bug"];
}

function sayRefused({ code, retryAfterSeconds }: Refused, proof: Proof): string {
  if (code === "login.wrong" && proof === "password") return errors().passwordWrong;
  if (code === "login.wrong" && proof === "recovery") return errors().recoveryWrong;
  return [errors().api[code], ...sayWait(retryAfterSeconds)].join(" ");
}

/** Nobody counts hundreds of seconds. */
function sayWait(seconds = 0): string[] {
  if (seconds === 0) return [];
  return [seconds < 120 ? errors().waitSeconds(seconds) : errors().waitMinutes(Math.ceil(seconds / 60))];
}
