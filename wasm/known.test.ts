/** The proof of a known device (TP1 §2.5). */
import { describe, expect, test } from "bun:test";
import { isKnown, knownProof, newDeviceSecret } from "./known.ts";
import { randomBytes, ready } from "./sodium.ts";
import { flipped } from "./tamper.ts";

await ready();

describe("[TP1 2.5] a known device", () => {
  const [secret, th] = [newDeviceSecret(), randomBytes(32)];
  test("is known in the handshake the proof was made for, and in no other", () => {
    const proof = knownProof(secret, th);
    expect(isKnown(proof, secret, th)).toBe(true);
    expect(isKnown(proof, secret, randomBytes(32))).toBe(false);
    expect(isKnown(proof, newDeviceSecret(), th)).toBe(false);
    expect(isKnown(flipped(proof, 0), secret, th)).toBe(false);
    expect(isKnown(new Uint8Array(0), secret, th)).toBe(false);
  });
});
