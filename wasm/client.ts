/** The client's side of the handshake (TP1 §2.4, link path): M1 → M2 → M3 → M4. One object is one attempt;
 * each message it gets uses up its step before anything is checked, so nothing can be tried twice (A4). */
import { type Bytes, fromHex } from "../wire/bytes.ts";
import type { Rid } from "../wire/ids.ts";
import { Channel, freeStream, type SendHalf, startReceiving, startSending } from "./channel.ts";
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
import { type Core2, readM2, readM4, writeCore3, writeM1, writeM3 } from "./messages.ts";
import { equal, type Random, randomBytes, sodium, wipe } from "./sodium.ts";

/** What the client's link says. */
export type ClientLink = { readonly rid: Rid; readonly psk: Uint8Array; readonly fingerprint: Uint8Array };

type Opening = {
  readonly psk: Bytes;
  readonly fingerprint: Bytes;
  readonly own: Ephemeral;
  readonly commit: Bytes;
};
type Proving = {
  readonly keys: Keys;
  readonly send: SendHalf;
  readonly mac: Bytes;
  readonly th: Bytes;
  readonly sas: Sas;
};

export class ClientHandshake {
  /** To be sent first. */
  readonly m1: Bytes;
  readonly #route: Bytes;
  #opening: Opening | null;
  #proving: Proving | null = null;

  /** Copies what it needs of the link. `random` is for vectors only. */
  constructor(link: ClientLink, random: Random = randomBytes) {
    const own = newEphemeral(random);
    const commit = commitTo(own.share, own.nonce);
    this.#route = fromHex(link.rid);
    this.#opening = { psk: link.psk.slice(), fingerprint: link.fingerprint.slice(), own, commit };
    this.m1 = writeM1({ route: this.#route, commit });
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
      wipe(opening.psk, opening.own.secret);
    }
  }

  /** The result, for the first M4. Throws `TP1Error` "state" before M2 and after the end; "format", "version", "mac" end it. */
  onM4(m4: Uint8Array): Established {
    const proving = this.#proving;
    if (proving === null) throw new TP1Error("state");
    this.#proving = null;
    try {
      return establish(proving, m4);
    } catch (error) {
      freeStream(proving.send.state);
      throw error;
    } finally {
      wipeKeys(proving.keys);
    }
  }

  /** Gives the attempt up and forgets its keys. May be called at any time. */
  abort(): void {
    if (this.#opening !== null) wipe(this.#opening.psk, this.#opening.own.secret);
    if (this.#proving !== null) {
      wipeKeys(this.#proving.keys);
      freeStream(this.#proving.send.state);
    }
    this.#opening = null;
    this.#proving = null;
  }

  #prove({ psk, fingerprint, own, commit }: Opening, m2: Uint8Array): Bytes {
    const { core2, content } = this.#checked(m2, fingerprint);
    const core3 = writeCore3(own);
    const th = transcriptOf(this.m1, core2, core3);
    const keys = keysOf(psk, own.secret, content.share, th);
    const send = startSending(keys.toTherapist);
    const mac = macC(keys, th, send.header);
    const sas = sasOf({
      route: this.#route,
      commit,
      identity: content.identity,
      therapist: content,
      client: own,
    });
    this.#proving = { keys, send, mac, th, sas };
    return writeM3(core3, { mac, header: send.header });
  }

  #checked(m2: Uint8Array, fingerprint: Bytes): { core2: Bytes; content: Core2 } {
    const { core2, signature, content } = readM2(m2);
    if (!equal(fingerprintOf(content.identity), fingerprint)) throw new TP1Error("identity");
    const hello = helloOf(this.m1, core2);
    if (!sodium.crypto_sign_verify_detached(signature, hello, content.identity))
      throw new TP1Error("signature");
    return { core2, content };
  }
}

function establish({ keys, send, mac, th, sas }: Proving, m4: Uint8Array): Established {
  const proof = readM4(m4);
  if (!equal(macT(keys, th, mac, proof.header), proof.mac)) throw new TP1Error("mac");
  const channel = new Channel(send.state, startReceiving(proof.header, keys.toClient));
  return { channel, pid: pidOf(th), th, sas };
}
