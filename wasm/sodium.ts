/** The one door to libsodium (sumo build, WASM), with types of our own for exactly the functions TP1 uses:
 * the package's generated types name every output `Uint8Array<ArrayBufferLike>` and hide the raw module. */
import library from "libsodium-wrappers-sumo";
import type { Bytes } from "../wire/bytes.ts";

/** Address of a secretstream state inside the WASM heap; the wrapper never frees it, `channel.ts` does. */
export type StreamState = number & { readonly state: "secretstream" };

/** Gives `length` random bytes; injected by tests that recompute vectors, nowhere else. */
export type Random = (length: number) => Bytes;

type Raw = { readonly HEAPU8: Uint8Array; _free(address: number): void };

type Sodium = {
  readonly ready: Promise<void>;
  /** The raw Emscripten module. `HEAPU8` is read anew for each use: growth of the heap detaches old views. */
  readonly libsodium: Raw;
  readonly crypto_pwhash_ALG_ARGON2ID13: number;
  readonly crypto_secretstream_xchacha20poly1305_TAG_MESSAGE: number;
  readonly crypto_secretstream_xchacha20poly1305_TAG_REKEY: number;
  readonly crypto_secretstream_xchacha20poly1305_TAG_FINAL: number;
  randombytes_buf(length: number): Bytes;
  /** Throws on arrays of different length. */
  memcmp(a: Uint8Array, b: Uint8Array): boolean;
  memzero(bytes: Uint8Array): void;
  pad(bytes: Uint8Array, block: number): Bytes;
  /** Throws on padding that is not padding. */
  unpad(bytes: Uint8Array, block: number): Bytes;
  crypto_generichash(length: number, message: Uint8Array, key: Uint8Array | null): Bytes;
  crypto_kdf_derive_from_key(length: number, id: number, context: string, key: Uint8Array): Bytes;
  crypto_pwhash(
    length: number,
    password: Uint8Array,
    salt: Uint8Array,
    passes: number,
    memoryBytes: number,
    algorithm: number,
  ): Bytes;
  /** Throws on the all-zero result. */
  crypto_scalarmult(secretKey: Uint8Array, publicKey: Uint8Array): Bytes;
  /** One point of ristretto255 from 64 uniform bytes (RFC 9496 §4.3.4). */
  crypto_core_ristretto255_from_hash(bytes: Uint8Array): Bytes;
  /** 64 uniform bytes as a scalar. */
  crypto_core_ristretto255_scalar_reduce(bytes: Uint8Array): Bytes;
  /** Throws on bytes that are no point, and where the result is the identity. */
  crypto_scalarmult_ristretto255(scalar: Uint8Array, point: Uint8Array): Bytes;
  crypto_hash_sha256(message: Uint8Array): Bytes;
  crypto_hash_sha512(message: Uint8Array): Bytes;
  crypto_scalarmult_base(secretKey: Uint8Array): Bytes;
  crypto_sign_seed_keypair(seed: Uint8Array): { publicKey: Bytes; privateKey: Bytes };
  crypto_sign_detached(message: Uint8Array, secretKey: Uint8Array): Bytes;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
    message: Uint8Array,
    additional: Uint8Array,
    secretNonce: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Bytes;
  /** Throws where the tag does not fit. */
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    secretNonce: null,
    ciphertext: Uint8Array,
    additional: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Bytes;
  crypto_secretstream_xchacha20poly1305_init_push(key: Uint8Array): { state: StreamState; header: Bytes };
  /** Throws on a header of another length. */
  crypto_secretstream_xchacha20poly1305_init_pull(header: Uint8Array, key: Uint8Array): StreamState;
  crypto_secretstream_xchacha20poly1305_push(
    state: StreamState,
    message: Uint8Array,
    additional: null,
    tag: number,
  ): Bytes;
  crypto_secretstream_xchacha20poly1305_pull(
    state: StreamState,
    ciphertext: Uint8Array,
    additional: null,
  ): { message: Bytes; tag: number } | false;
};

/** libsodium by its own names, so that a reader can hold code, TP1 and libsodium's manual side by side. */
export const sodium = library as unknown as Sodium;

/** Resolves when the WASM is compiled. Everything in this folder throws when called earlier. */
export function ready(): Promise<void> {
  return sodium.ready;
}

/** `length` bytes from the browser's generator. */
export const randomBytes: Random = (length) => sodium.randombytes_buf(length);

/** Overwrites what JavaScript lets us overwrite; copies inside the engine and the WASM heap may remain (README "Limits"). */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.memzero(secret);
}

/** Equality in constant time; arrays of different length are unequal (a length is never secret here). */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && sodium.memcmp(a, b);
}
