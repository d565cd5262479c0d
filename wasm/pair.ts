/** Two honest ends of one link, for tests and the bench: what a page does, without the pages. */
import type { Bytes } from "../wire/bytes.ts";
import { ClientHandshake } from "./client.ts";
import type { Established } from "./handshake.ts";
import { Identity } from "./identity.ts";
import { linkKeys } from "./link.ts";
import type { Random } from "./sodium.ts";
import { TherapistHandshake } from "./therapist.ts";

/** Where the two sides of a pair draw from, and what they hold; everything has a default. */
export type PairOptions = {
  readonly seed?: Bytes;
  readonly secret?: Bytes;
  readonly clientRandom?: Random;
  readonly therapistRandom?: Random;
};

export type Pair = { readonly client: ClientHandshake; readonly therapist: TherapistHandshake };

/** Two ends that have not spoken yet. */
export function newPair(options: PairOptions = {}): Pair {
  const identity = new Identity(options.seed ?? new Uint8Array(32).fill(1));
  const { rid, psk } = linkKeys(options.secret ?? new Uint8Array(16).fill(2));
  const linkKeyOf = (asked: string) => (asked === rid ? psk : null);
  return {
    client: new ClientHandshake({ rid, psk, fingerprint: identity.fingerprint }, options.clientRandom),
    therapist: new TherapistHandshake({ identity, linkKeyOf }, options.therapistRandom),
  };
}

/** The four messages on their way. */
export type Flight = { readonly m1: Bytes; readonly m2: Bytes; readonly m3: Bytes; readonly m4: Bytes };
/** Somebody between: what arrives for each message. */
export type Between = (name: keyof Flight, message: Bytes) => Uint8Array;

/** All four messages, each through `between`. Throws what the ends throw. */
export function shakeHands(
  { client, therapist }: Pair,
  between: Between = (_, message) => message,
): { atClient: Established; atTherapist: Established; flight: Flight } {
  const m1 = client.m1;
  const { m2 } = therapist.onM1(between("m1", m1));
  const m3 = client.onM2(between("m2", m2));
  const { m4, established: atTherapist } = therapist.onM3(between("m3", m3));
  const atClient = client.onM4(between("m4", m4));
  return { atClient, atTherapist, flight: { m1, m2, m3, m4 } };
}
