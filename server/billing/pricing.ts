/** What the database is given to settle a call with: its day, the key of its entries, its price. */
import { createHash } from "node:crypto";
import type { Pricing } from "../../db/calls.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { CallId } from "../../wire/ids.ts";
import { dayOf } from "./day.ts";
import { linesOf } from "./tariff.ts";

/** [LG3, LG6] The key of a call's entries: SHA-256, from which the call's id cannot be read; 32 bytes. */
export function keyOfCall(call: CallId): Bytes {
  return new Uint8Array(createHash("sha256").update(`tpc call ${call}`).digest());
}

/** The product's. A call is booked on the day on which it began, by the tariff of that day. */
export const PRICING: Pricing = { dayOf, keyOf: keyOfCall, linesOf };
