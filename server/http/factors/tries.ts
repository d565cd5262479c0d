/** How often a second factor may be tried. Codes of an app have six digits, so an account has few tries from new browsers however many
 * addresses they come from; that stops whoever knows the password. Its owner still has the browsers that logged in before, the passkeys
 * and the spare codes, which nobody can guess: those share no budget with the guesser. */
import type { Method } from "../../../wire/factors.ts";
import type { PracticeId } from "../../../wire/ids.ts";
import { createBudget } from "../budget.ts";
import { ApiFailure } from "../failure.ts";

const MINUTE = 60;

/** Wrong codes of an account from browsers that are new to it, in 15 min. A guess is right once in 330,000. Higher: guessing pays. Lower: a
 * few typing errors make people wait. */
export const CODES_PER_ACCOUNT = 10;
/** The same in a day: 30 guesses a day find a code in thirty years on average. */
export const CODES_PER_DAY = 30;
/** Wrong codes of a browser that logged in before, in 15 min; the reasons are those of `CODES_PER_ACCOUNT`. */
export const CODES_PER_DEVICE = 20;
/** Wrong passkeys and spare codes of an address at an account in 15 min: a typing error is nothing, and work is bounded. */
export const OTHERS_PER_ADDRESS = 20;

/** Who tries; `device` as for log-in. */
export type FactorTry = { practice: PracticeId; address: string; device: string | null; method: Method };

/** Budgets of one server. */
export function createFactorTries() {
  const account = createBudget(CODES_PER_ACCOUNT, 15 * MINUTE);
  const daily = createBudget(CODES_PER_DAY, 24 * 60 * MINUTE);
  const devices = createBudget(CODES_PER_DEVICE, 15 * MINUTE);
  const others = createBudget(OTHERS_PER_ADDRESS, 15 * MINUTE);

  const of = ({ practice, address, device, method }: FactorTry) => {
    if (method !== "totp") return [{ budget: others, key: `${address} ${practice}` }];
    if (device !== null) return [{ budget: devices, key: `${device} ${practice}` }];
    return [account, daily].map((budget) => ({ budget, key: practice }));
  };
  return {
    /** Takes one try before anything is compared. Throws `login.slow-down`. */
    async begin(tried: FactorTry): Promise<void> {
      for (const { budget, key } of of(tried)) {
        const retryAfterSeconds = await budget.take(key);
        if (retryAfterSeconds !== null) throw new ApiFailure("login.slow-down", { retryAfterSeconds });
      }
    },
    /** The try was right: it is given back; others' tries at the account are not forgotten. */
    async succeed(tried: FactorTry): Promise<void> {
      for (const { budget, key } of of(tried)) await budget.giveBack(key);
    },
  };
}

export type FactorTries = ReturnType<typeof createFactorTries>;
