/** The one error of this folder: a reason word that is safe to log, never a value. What a person reads is in `web/i18n`. */

/** Why something was refused. */
export type TP1Reason =
  /** A message too late, twice, or before its time: dropped; the handshake that runs is unharmed (A4). */
  | "state"
  /** Bytes that are not a message of TP1, or too many of them. */
  | "format"
  /** Another version of TP1. */
  | "version"
  /** The therapist's page does not hold this link. */
  | "link"
  /** No open code fits: mistyped, not open now, or somebody guesses. */
  | "code"
  /** The identity key is not the one the link names. */
  | "identity"
  /** The therapist's signature does not fit. */
  | "signature"
  /** The client revealed another share than it committed to. */
  | "commit"
  /** A share of low order: the result of X25519 would be zero. */
  | "share"
  /** The other side does not hold the link secret, or somebody changed a byte. */
  | "mac"
  /** The channel is closed, or died of an earlier message. */
  | "dead"
  /** A sealed message was dropped, repeated, reordered, cut or changed. */
  | "channel"
  /** More bytes than fit. */
  | "size"
  /** KDF parameters below the floor or above the ceiling. */
  | "kdf"
  /** The wrap is not of this password or recovery key. */
  | "key"
  /** A sealed thing of the vault does not open: changed, swapped or of another version. */
  | "sealed"
  /** The text is not a recovery key. */
  | "recovery";

/** Thrown by everything in `wasm/` on input from outside; anything else that escapes is a bug of ours. */
export class TP1Error extends Error {
  override readonly name = "TP1Error";
  readonly reason: TP1Reason;

  constructor(reason: TP1Reason) {
    super(`TP1: ${reason}`);
    this.reason = reason;
  }
}
