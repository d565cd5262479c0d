/** The two ways a client proves itself: by its link, or by user name and code (TP1 §2.3, §2.4). */
import { ClientHandshake, type ClientLink } from "../../wasm/client.ts";
import { CodeHandshake } from "../../wasm/code-client.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Rid } from "../../wire/ids.ts";
import type { NormalId, UserName } from "../../wire/names.ts";
import type { Attempt, Proof } from "./knocking.ts";
import type { Who } from "./socket.ts";
import type { Tried } from "./tries.ts";

/** A user name and a code as somebody typed them, each in its one form. */
export type TypedIn = { readonly by: "code"; readonly user: UserName; readonly code: NormalId };
/** What the client holds. */
export type Credential = { readonly by: "link"; readonly link: ClientLink } | TypedIn;

/** What the server is told of it. */
export function whoOf(credential: Credential): Who {
  if (credential.by === "link") return { t: "hello", rid: credential.link.rid };
  return { t: "helloCode", user: credential.user };
}

/** Under which name this browser keeps the secret of the device. The code is not part of it: it could be guessed from it. */
export function deviceNameOf(credential: Credential): Rid | `user.${UserName}` {
  return credential.by === "link" ? credential.link.rid : `user.${credential.user}`;
}

/** A link is 128 bits: no handshake with it is a guess. */
export class LinkProof implements Proof {
  readonly fingerprint: Uint8Array;
  readonly #link: ClientLink;

  constructor(link: ClientLink) {
    this.#link = link;
    this.fingerprint = link.fingerprint;
  }

  newAttempt(): Attempt {
    return new ClientHandshake(this.#link);
  }

  isGuess(): boolean {
    return false;
  }

  spend(): boolean {
    return true;
  }

  isUsedUp(): boolean {
    return false;
  }
}

/** A code may be short: a server that plays the therapist could test 16 codes with each M3 (A4). Hence one M3 per press, until
 * the therapist is proven; from then on only that identity gets another. */
export class CodeProof implements Proof {
  readonly #typed: TypedIn;
  readonly #tries: Tried;
  #spent = false;
  #pinned: Bytes | null = null;

  /** `tries` are those few of this browser. */
  constructor(typed: TypedIn, tries: Tried) {
    this.#typed = typed;
    this.#tries = tries;
  }

  /** Of the proven therapist, 16 B; null before. */
  get fingerprint(): Uint8Array | null {
    return this.#pinned;
  }

  newAttempt(): Attempt {
    const { user, code } = this.#typed;
    const attempt = new CodeHandshake({ user, code, pinned: this.#pinned });
    return {
      m1: attempt.m1,
      onM2: (m2) => attempt.onM2(m2),
      onM4: (m4) => {
        const established = attempt.onM4(m4);
        if (this.#pinned === null) this.#tries.giveBack();
        this.#pinned = established.fingerprint;
        return established;
      },
      abort: () => attempt.abort(),
    };
  }

  isGuess(): boolean {
    return this.#pinned === null;
  }

  spend(): boolean {
    if (this.#spent || !this.#tries.take()) return false;
    this.#spent = true;
    return true;
  }

  isUsedUp(): boolean {
    return this.#spent && this.#pinned === null;
  }
}
