/** The therapist's side of the handshake (TP1 §2.4, link path): M1 → M2 → M3 → M4. One object answers one M1;
 * nothing is shown to a person before `onM3` returned: until then the other side has proven nothing. */
import type { Bytes } from "../wire/bytes.ts";
import { idOf, type Rid } from "../wire/ids.ts";
import { Channel, startReceiving, startSending } from "./channel.ts";
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
import { type M1, type Proof, readM1, readM3, writeCore2, writeM2, writeM4 } from "./messages.ts";
import { equal, type Random, randomBytes, wipe } from "./sodium.ts";

/** What the therapist's page holds. `linkKeyOf` gives the psk of an open client's link, `null` for every other rid. */
export type TherapistKeys = {
  readonly identity: Identity;
  readonly linkKeyOf: (rid: Rid) => Uint8Array | null;
};

type Answered = {
  readonly m1: Bytes;
  readonly opened: M1;
  readonly core2: Bytes;
  readonly own: Ephemeral;
  readonly psk: Bytes;
};

export class TherapistHandshake {
  readonly #identity: Identity;
  readonly #linkKeyOf: TherapistKeys["linkKeyOf"];
  readonly #random: Random;
  #fresh = true;
  #answered: Answered | null = null;

  /** `random` is for vectors only. */
  constructor({ identity, linkKeyOf }: TherapistKeys, random: Random = randomBytes) {
    this.#identity = identity;
    this.#linkKeyOf = linkKeyOf;
    this.#random = random;
  }

  /** M2 for the first M1, and whose link it names (a claim, proven only by M3). Throws `TP1Error` "state" for a second one,
   * "format", "version", "link" for a rid that is not open here. */
  onM1(bytes: Uint8Array): { m2: Bytes; rid: Rid } {
    if (!this.#fresh) throw new TP1Error("state");
    this.#fresh = false;
    const m1 = Uint8Array.from(bytes);
    const opened = readM1(m1);
    const rid = idOf<Rid>(opened.route);
    const psk = this.#linkKeyOf(rid);
    if (psk === null) throw new TP1Error("link");
    const own = newEphemeral(this.#random);
    const core2 = writeCore2({ identity: this.#identity.publicKey, share: own.share, nonce: own.nonce });
    this.#answered = { m1, opened, core2, own, psk: psk.slice() as Bytes };
    return { m2: writeM2(core2, this.#identity.sign(helloOf(m1, core2))), rid };
  }

  /** M4 and the result, for the first M3. Throws `TP1Error` "state" before M1 and for a second one (drop it);
   * "format", "version", "commit", "share", "mac" end the attempt. */
  onM3(m3: Uint8Array): { m4: Bytes; established: Established } {
    const answered = this.#answered;
    if (answered === null) throw new TP1Error("state");
    this.#answered = null;
    try {
      return this.#finish(answered, m3);
    } finally {
      wipe(answered.psk, answered.own.secret);
    }
  }

  /** Gives the attempt up and forgets its keys. May be called at any time. */
  abort(): void {
    if (this.#answered !== null) wipe(this.#answered.psk, this.#answered.own.secret);
    this.#fresh = false;
    this.#answered = null;
  }

  #finish(
    { m1, opened, core2, own, psk }: Answered,
    m3: Uint8Array,
  ): { m4: Bytes; established: Established } {
    const { core3, content, proof } = readM3(m3);
    if (!equal(commitTo(content.share, content.nonce), opened.commit)) throw new TP1Error("commit");
    const th = transcriptOf(m1, core2, core3);
    const sas = sasOf({ ...opened, identity: this.#identity.publicKey, therapist: own, client: content });
    const keys = keysOf(psk, own.secret, content.share, th);
    try {
      const { m4, channel } = admit(keys, th, proof);
      return { m4, established: { channel, pid: pidOf(th), th, sas } };
    } finally {
      wipeKeys(keys);
    }
  }
}

function admit(keys: Keys, th: Bytes, proof: Proof): { m4: Bytes; channel: Channel } {
  if (!equal(macC(keys, th, proof.header), proof.mac)) throw new TP1Error("mac");
  const send = startSending(keys.toClient);
  const channel = new Channel(send.state, startReceiving(proof.header, keys.toTherapist));
  return { m4: writeM4({ mac: macT(keys, th, proof.mac, send.header), header: send.header }), channel };
}
