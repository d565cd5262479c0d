/** What the dialog of the second factor does, step by step. */
import type { PasskeyId } from "../../../wire/ids.ts";

/** What was pressed. `last`: nothing is left after it. */
export type Change =
  | { readonly kind: "totp" }
  | { readonly kind: "passkey" }
  | { readonly kind: "renew" }
  | { readonly kind: "remove-totp"; readonly name: string; readonly last: boolean }
  | {
      readonly kind: "remove-passkey";
      readonly id: PasskeyId;
      readonly name: string;
      readonly last: boolean;
    };

/** Where the dialog stands: the password first, then the change, then codes where some were made. */
export type Step =
  | { readonly kind: "prove" }
  | { readonly kind: "change"; readonly ticket: string }
  | { readonly kind: "spares"; readonly codes: readonly string[] };
