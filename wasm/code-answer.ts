/** The therapist's side of the handshake by user name and code (TP1 §2.3, §2.4): one answer for all open codes at once, so that
 * neither the code nor a hash of it crosses the wire. One object answers one M1 and takes one M3: one guess per code. */
import { type Bytes, concat } from "../wire/bytes.ts";
import type { NormalId, UserName } from "../wire/names.ts";
import { Channel, startReceiving, startSending } from "./channel.ts";
import {
  CANDIDATES_MAX,
  type CodeCore3,
  type CodeM1,
  readCodeM1,
  readCodeM3,
  writeCodeCore2,
} from "./code-messages.ts";
import { blindHalf, generatorOf, type Half, newHalf, pskOf, sidOf } from "./cpace.ts";
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
  sasOf,
  transcriptOf,
  wipeKeys,
} from "./handshake.ts";
import type { Identity } from "./identity.ts";
import { type Proof, writeM2, writeM4 } from "./messages.ts";
import { equal, type Random, randomBytes, wipe } from "./sodium.ts";

/** Candidates come in multiples of this. Higher: more work per answer. Lower: the server counts open rooms more exactly. */
const PAD_TO = 4;

/** A code that lets in, and what the caller calls its owner (for instance the vault's record). */
export type OpenCode<Ref> = { readonly code: NormalId; readonly ref: Ref };
/** What the therapist's page holds: 1 to 16 codes, all different. */
export type CodeKeys<Ref> = {
  readonly identity: Identity;
  readonly user: UserName;
  readonly codes: readonly OpenCode<Ref>[];
};

/** `open` is null where a random point fills the list up. */
type Candidate<Ref> = { readonly half: Half; readonly open: OpenCode<Ref> | null };
type Answered<Ref> = {
  readonly m1: Bytes;
  readonly opened: CodeM1;
  readonly core2: Bytes;
  readonly own: Ephemeral;
  readonly sid: Bytes;
  readonly candidates: readonly Candidate<Ref>[];
};
/** A finished handshake, and whose code it was. */
export type CodeHit<Ref> = { readonly m4: Bytes; readonly established: Established; readonly ref: Ref };

export class CodeAnswer<Ref> {
  readonly #keys: CodeKeys<Ref>;
  readonly #random: Random;
  #fresh = true;
  #answered: Answered<Ref> | null = null;

  /** Throws `RangeError` on more than 16 codes. `random` is for vectors only. */
  constructor(keys: CodeKeys<Ref>, random: Random = randomBytes) {
    if (keys.codes.length > CANDIDATES_MAX) throw new RangeError("at most 16 codes at once");
    this.#keys = keys;
    this.#random = random;
  }

  /** M2 for the first M1. Throws `TP1Error` "state" for a second one, "format", "version", "link" for another user name,
   * "code" where no code is open: then nothing is answered, and the client goes on waiting. */
  onM1(bytes: Uint8Array): Bytes {
    if (!this.#fresh) throw new TP1Error("state");
    this.#fresh = false;
    const m1 = Uint8Array.from(bytes);
    const opened = readCodeM1(m1);
    const { identity, user, codes } = this.#keys;
    if (opened.route[0] !== user) throw new TP1Error("link");
    if (codes.length === 0) throw new TP1Error("code");
    const own = newEphemeral(this.#random);
    const sid = sidOf(m1, own.nonce);
    const candidates = this.#candidates(sid);
    const points = candidates.map(({ half }) => half.point);
    const core2 = writeCodeCore2({ ...own, identity: identity.publicKey, points });
    this.#answered = { m1, opened, core2, own, sid, candidates };
    return writeM2(core2, identity.sign(helloOf(m1, core2)));
  }

  /** M4 and the result, for the first M3. Throws `TP1Error` "state" before M1 and for a second one (drop it);
   * "format", "version", "commit", "share", "code" end the attempt: each counts as one failed try (`guard.ts`). */
  onM3(m3: Uint8Array): CodeHit<Ref> {
    const answered = this.#answered;
    if (answered === null) throw new TP1Error("state");
    this.#answered = null;
    try {
      return this.#finish(answered, m3);
    } finally {
      forget(answered);
    }
  }

  /** Gives the attempt up and forgets its keys. May be called at any time. */
  abort(): void {
    if (this.#answered !== null) forget(this.#answered);
    this.#fresh = false;
    this.#answered = null;
  }

  #candidates(sid: Bytes): Candidate<Ref>[] {
    const { codes, user } = this.#keys;
    const real = codes.map((open) => ({
      half: newHalf(generatorOf(open.code, user, sid), this.#random),
      open,
    }));
    const missing = (PAD_TO - (codes.length % PAD_TO)) % PAD_TO;
    const blind = Array.from({ length: missing }, () => ({ half: blindHalf(this.#random), open: null }));
    return [...real, ...blind];
  }

  #finish(answered: Answered<Ref>, m3: Uint8Array): CodeHit<Ref> {
    const { m1, opened, core2, own, candidates } = answered;
    const { core3, content, proofs } = readCodeM3(m3, candidates.length);
    if (!equal(commitTo(content.share, content.nonce), opened.commit)) throw new TP1Error("commit");
    const th = transcriptOf(m1, core2, core3);
    const { identity } = this.#keys;
    const sas = sasOf({ ...opened, identity: identity.publicKey, therapist: own, client: content });
    const { keys, proof, ref } = hitOf(answered, { content, proofs, th });
    const { m4, channel } = admit(keys, th, proof);
    wipeKeys(keys);
    return { m4, established: { channel, pid: pidOf(th), th, sas }, ref };
  }
}

type Tried = { readonly content: CodeCore3; readonly proofs: readonly Proof[]; readonly th: Bytes };
type Hit<Ref> = { readonly keys: Keys; readonly proof: Proof; readonly ref: Ref };

/** The first pair whose MAC verifies. All are computed, the random ones too: the time taken tells nothing of the list. */
function hitOf<Ref>(answered: Answered<Ref>, { content, proofs, th }: Tried): Hit<Ref> {
  let hit: Hit<Ref> | null = null;
  for (const [i, candidate] of answered.candidates.entries()) {
    const proof = proofs[i];
    const keys = keysFor(answered, candidate.half, content, th);
    const fits = proof !== undefined && equal(macC(keys, th, proof.header), proof.mac);
    if (fits && hit === null && candidate.open !== null) hit = { keys, proof, ref: candidate.open.ref };
    else wipeKeys(keys);
  }
  if (hit === null) throw new TP1Error("code");
  return hit;
}

function keysFor<Ref>({ sid, core2, own }: Answered<Ref>, half: Half, content: CodeCore3, th: Bytes): Keys {
  const data = concat(content.share, content.nonce);
  const [therapist, client] = [
    { point: half.point, data: core2 },
    { point: content.point, data },
  ];
  const psk = pskOf(half.scalar, content.point, sid, therapist, client);
  const keys = keysOf(psk, own.secret, content.share, th);
  wipe(psk);
  return keys;
}

function admit(keys: Keys, th: Bytes, proof: Proof): { m4: Bytes; channel: Channel } {
  const send = startSending(keys.toClient);
  const channel = new Channel(send.state, startReceiving(proof.header, keys.toTherapist));
  return { m4: writeM4({ mac: macT(keys, th, proof.mac, send.header), header: send.header }), channel };
}

function forget<Ref>({ own, candidates }: Answered<Ref>): void {
  wipe(own.secret, ...candidates.map(({ half }) => half.scalar));
}
