/** The client's side of the handshake by user name and code (TP1 §2.3, §2.4): M1 → M2 → M3 → M4. One object is one press of the
 * button: after an M3 without a good M4 nothing is tried again by itself, because each attempt is up to 16 guesses (A4). */
import { type Bytes, concat } from "../wire/bytes.ts";
import type { NormalId, UserName } from "../wire/names.ts";
import { Channel, freeStream, type SendHalf, startReceiving, startSending } from "./channel.ts";
import { type CodeCore2, readCodeM2, writeCodeCore3, writeCodeM1, writeCodeM3 } from "./code-messages.ts";
import { generatorOf, type Half, newHalf, pskOf, sidOf } from "./cpace.ts";
import { TP1Error } from "./error.ts";
import {
  commitTo,
  type Ephemeral,
  type Established,
  helloOf,
  type Keys,
  keysOf,
  macC,
  macT,
  newEphemeral,
  pidOf,
  type Sas,
  sasOf,
  transcriptOf,
  wipeKeys,
} from "./handshake.ts";
import { fingerprintOf } from "./identity.ts";
import { type Proof, readM4 } from "./messages.ts";
import { equal, type Random, randomBytes, sodium, wipe } from "./sodium.ts";

/** What a person typed, in its one form. `pinned` is the fingerprint this browser saw under this name before, if any. */
export type TypedCode = {
  readonly user: UserName;
  readonly code: NormalId;
  readonly pinned: Uint8Array | null;
};

type Opening = {
  readonly typed: TypedCode;
  readonly own: Ephemeral;
  readonly commit: Bytes;
  readonly random: Random;
};
type Candidate = { readonly keys: Keys; readonly send: SendHalf; readonly mac: Bytes };
type Proving = {
  readonly candidates: readonly Candidate[];
  readonly th: Bytes;
  readonly sas: Sas;
  readonly fingerprint: Bytes;
};

/** A finished handshake by code. `fingerprint` is the therapist's, 16 B, proven to know the code: worth pinning. */
export type CodeEstablished = Established & { readonly fingerprint: Bytes };

export class CodeHandshake {
  /** To be sent first. */
  readonly m1: Bytes;
  #opening: Opening | null;
  #proving: Proving | null = null;

  /** `random` is for vectors only. */
  constructor(typed: TypedCode, random: Random = randomBytes) {
    const own = newEphemeral(random);
    const commit = commitTo(own.share, own.nonce);
    this.#opening = { typed, own, commit, random };
    this.m1 = writeCodeM1({ route: [typed.user], commit });
  }

  /** M3 for the first M2. Throws `TP1Error`: "state" for any later one (drop it, the attempt goes on), every other reason
   * ends the attempt: "format", "version", "identity", "signature", "share". */
  onM2(m2: Uint8Array): Bytes {
    const opening = this.#opening;
    if (opening === null) throw new TP1Error("state");
    this.#opening = null;
    try {
      return this.#prove(opening, m2);
    } finally {
      wipe(opening.own.secret);
    }
  }

  /** The result, for the first M4. Throws `TP1Error` "state" before M2 and after the end; "format", "version", "mac" end it. */
  onM4(m4: Uint8Array): CodeEstablished {
    const proving = this.#proving;
    if (proving === null) throw new TP1Error("state");
    this.#proving = null;
    let hit: Candidate | null = null;
    try {
      const proof = readM4(m4);
      hit = hitOf(proving, proof);
      const channel = new Channel(hit.send.state, startReceiving(proof.header, hit.keys.toClient));
      const { th, sas, fingerprint } = proving;
      return { channel, pid: pidOf(th), th, sas, fingerprint };
    } finally {
      forget(proving.candidates, hit);
    }
  }

  /** Gives the attempt up and forgets its keys. May be called at any time. */
  abort(): void {
    if (this.#opening !== null) wipe(this.#opening.own.secret);
    if (this.#proving !== null) forget(this.#proving.candidates, null);
    this.#opening = null;
    this.#proving = null;
  }

  #prove({ typed, own, commit, random }: Opening, m2: Uint8Array): Bytes {
    const { core2, content } = this.#checked(m2, typed.pinned);
    const sid = sidOf(this.m1, content.nonce);
    const half = newHalf(generatorOf(typed.code, typed.user, sid), random);
    const core3 = writeCodeCore3({ ...own, point: half.point });
    const th = transcriptOf(this.m1, core2, core3);
    const psks = secretsOf({ half, sid, core2, content, own });
    const candidates = psks.map((psk) => candidateOf(keysOf(psk, own.secret, content.share, th), th));
    wipe(...psks);
    const { identity } = content;
    const sas = sasOf({ route: [typed.user], commit, identity, therapist: content, client: own });
    this.#proving = { candidates, th, sas, fingerprint: fingerprintOf(identity) };
    return writeCodeM3(
      core3,
      candidates.map(({ mac, send }) => ({ mac, header: send.header })),
    );
  }

  #checked(m2: Uint8Array, pinned: Uint8Array | null): { core2: Bytes; content: CodeCore2 } {
    const { core2, signature, content } = readCodeM2(m2);
    if (pinned !== null && !equal(fingerprintOf(content.identity), pinned)) throw new TP1Error("identity");
    const hello = helloOf(this.m1, core2);
    if (!sodium.crypto_sign_verify_detached(signature, hello, content.identity))
      throw new TP1Error("signature");
    return { core2, content };
  }
}

type Points = {
  readonly half: Half;
  readonly sid: Bytes;
  readonly core2: Bytes;
  readonly content: CodeCore2;
  readonly own: Ephemeral;
};

/** One psk per candidate; all points are checked before any key is made. */
function secretsOf({ half, sid, core2, content, own }: Points): Bytes[] {
  const data = concat(own.share, own.nonce);
  const client = { point: half.point, data };
  try {
    return content.points.map((point) => pskOf(half.scalar, point, sid, { point, data: core2 }, client));
  } finally {
    wipe(half.scalar);
  }
}

function candidateOf(keys: Keys, th: Bytes): Candidate {
  const send = startSending(keys.toTherapist);
  return { keys, send, mac: macC(keys, th, send.header) };
}

/** The candidate that the therapist's answer proves. */
function hitOf({ candidates, th }: Proving, proof: Proof): Candidate {
  const hit = candidates.find(({ keys, mac }) => equal(macT(keys, th, mac, proof.header), proof.mac));
  if (hit === undefined) throw new TP1Error("mac");
  return hit;
}

/** Wipes all keys, and frees every stream but that of `kept`, which the channel owns now. */
function forget(candidates: readonly Candidate[], kept: Candidate | null): void {
  for (const candidate of candidates) {
    wipeKeys(candidate.keys);
    if (candidate !== kept) freeStream(candidate.send.state);
  }
}
