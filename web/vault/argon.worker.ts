/** Argon2id in a worker that lives for one password: its heap grows to 128 MiB and never shrinks, and ending it drops
 * what it held. */

import { TP1Error, type TP1Reason } from "../../wasm/error.ts";
import { passphraseAsMade } from "../../wasm/passphrase.ts";
import { type AccountKeys, type KdfCost, passwordKeys } from "../../wasm/password.ts";
import { ready } from "../../wasm/sodium.ts";
import { GERMAN_WORDS } from "../../wasm/words.de.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";

export type ArgonTask = {
  readonly password: string;
  readonly user: UserName;
  readonly salt: Bytes;
  readonly cost: KdfCost;
};

/** Keys; or why they were refused (a server that names a cheap derivation is said to be one), null where memory was missing. An error
 * inside a listener would not reach the page as one. */
export type ArgonAnswer = AccountKeys | TP1Reason | null;

addEventListener("message", ({ data }: MessageEvent<ArgonTask>) => {
  keys(data).then(
    (made: ArgonAnswer) => postMessage(made),
    (error: unknown) => postMessage(error instanceof TP1Error ? error.reason : null),
  );
});

async function keys({ password, user, salt, cost }: ArgonTask): Promise<AccountKeys> {
  await ready();
  return passwordKeys(passphraseAsMade(GERMAN_WORDS, password), user, salt, cost);
}
