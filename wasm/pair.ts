/** Two honest ends of one link or code, for tests and the bench: what a page does, without the pages. */
import type { Bytes } from "../wire/bytes.ts";
import { type NormalId, normalClientId, type UserName } from "../wire/names.ts";
import { ClientHandshake } from "./client.ts";
import { CodeAnswer, type CodeHit } from "./code-answer.ts";
import { type CodeEstablished, CodeHandshake } from "./code-client.ts";
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

/** What the two ends of the code path hold; everything has a default. */
export type CodePairOptions = {
  readonly seed?: Bytes;
  readonly user?: string;
  readonly codes?: readonly string[];
  readonly typed?: string;
  readonly pinned?: Bytes;
  readonly clientRandom?: Random;
  readonly therapistRandom?: Random;
};

export type CodePair = { readonly client: CodeHandshake; readonly therapist: CodeAnswer<string> };

/** Two ends of the code path that have not spoken yet; the code as the therapist wrote it is its `ref`. */
export function newCodePair(options: CodePairOptions = {}): CodePair {
  const identity = new Identity(options.seed ?? new Uint8Array(32).fill(1));
  const user = (options.user ?? "praxis-1") as UserName;
  const codes = (options.codes ?? ["anna"]).map((ref) => ({ code: normal(ref), ref }));
  const code = normal(options.typed ?? codes[0]?.ref ?? "anna");
  return {
    client: new CodeHandshake({ user, code, pinned: options.pinned ?? null }, options.clientRandom),
    therapist: new CodeAnswer({ identity, user, codes }, options.therapistRandom),
  };
}

function normal(typed: string): NormalId {
  return normalClientId(typed) ?? ("" as NormalId);
}

/** All four messages of the code path, each through `between`. Throws what the ends throw. */
export function shakeByCode(
  { client, therapist }: CodePair,
  between: Between = (_, message) => message,
): { atClient: CodeEstablished; hit: CodeHit<string>; flight: Flight } {
  const m1 = client.m1;
  const m2 = therapist.onM1(between("m1", m1));
  const m3 = client.onM2(between("m2", m2));
  const hit = therapist.onM3(between("m3", m3));
  const atClient = client.onM4(between("m4", hit.m4));
  return { atClient, hit, flight: { m1, m2, m3, m4: hit.m4 } };
}
