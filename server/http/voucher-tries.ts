/** [LG5] How often one may try a voucher's code: a typing error is nothing, guessing is stopped; 80 random bits do the rest. */
import type { PracticeId } from "../../wire/ids.ts";
import { createBudget } from "./budget.ts";
import { ApiFailure } from "./failure.ts";

/** Tries of one practice in 15 min. Higher: more guesses. Lower: a few typing errors make a therapist wait. */
export const TRIES_PER_PRACTICE = 10;
/** Tries of one address in 15 min, whatever accounts it makes; an institute may share one. */
export const TRIES_PER_ADDRESS = 40;
const SECONDS = 15 * 60;

/** Budgets of one server. */
export function createVoucherTries() {
  const perPractice = createBudget(TRIES_PER_PRACTICE, SECONDS);
  const perAddress = createBudget(TRIES_PER_ADDRESS, SECONDS);
  return {
    /** Takes one try. Throws `voucher.slow-down`. */
    async begin(practice: PracticeId, address: string): Promise<void> {
      const wait = (await perAddress.take(address)) ?? (await perPractice.take(practice));
      if (wait !== null) throw new ApiFailure("voucher.slow-down", { retryAfterSeconds: wait });
    },
  };
}

export type VoucherTries = ReturnType<typeof createVoucherTries>;
