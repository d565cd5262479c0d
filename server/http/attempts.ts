/** How often one may try to log in, recover or register. Strangers are refused by address; the account as a whole only
 * gets slower; a browser that logged in before has its own budget: so nobody can lock a therapist out. */
import type { ApiErrorCode } from "../../wire/errors.ts";
import { createBudget } from "./budget.ts";
import { ApiFailure } from "./failure.ts";

const MINUTE = 60;

/** Wrong tries of one address at one account in 15 min. Higher: more guesses (each still costs the guesser an Argon2id
 * of 128 MiB). Lower: a few typing errors in a row make people wait. */
export const TRIES_PER_ACCOUNT = 10;
/** Wrong tries of one address at all accounts in 15 min: an institute behind one address has many typing errors. */
export const TRIES_PER_ADDRESS = 60;
/** Wrong tries of a browser that logged in before, in 15 min; the reasons are those of `TRIES_PER_ACCOUNT`. */
export const TRIES_PER_DEVICE = 20;
/** Salts one address may ask for in 15 min: one per try and per page that knows a name. */
export const SALTS_PER_ADDRESS = 300;
/** Wrong tries at one account from everywhere in an hour that cost nobody time. */
export const TRIES_UNSLOWED = 20;
/** Every further one delays the next answer by this much. */
const SLOW_STEP_MS = 50;
/** Higher: a therapist on a new device waits longer while somebody tries. Lower: many addresses together guess faster. */
export const SLOW_MAX_MS = 2000;

/** Who tries: `account` is the name as folded or typed, `device` the name in a valid device cookie or the session. */
export type Attempt = { account: string; address: string; device: string | null };

/** Budgets of one server. `wait` is how it slows down. */
export function createAttempts(wait: (ms: number) => Promise<void>, registrationsPerHour: number) {
  const perAccount = createBudget(TRIES_PER_ACCOUNT, 15 * MINUTE);
  const perAddress = createBudget(TRIES_PER_ADDRESS, 15 * MINUTE);
  const perDevice = createBudget(TRIES_PER_DEVICE, 15 * MINUTE);
  const strain = createBudget(Number.MAX_SAFE_INTEGER, 60 * MINUTE);
  const salts = createBudget(SALTS_PER_ADDRESS, 15 * MINUTE);
  const registrations = createBudget(registrationsPerHour, 60 * MINUTE);

  async function beginAsStranger({ account, address }: Attempt): Promise<void> {
    refuse("login.slow-down", await perAddress.take(address));
    refuse("login.slow-down", await perAccount.take(`${address} ${account}`));
    const over = (await strain.taken(account)) - TRIES_UNSLOWED;
    await strain.take(account);
    if (over > 0) await wait(Math.min(SLOW_MAX_MS, over * SLOW_STEP_MS));
  }

  return {
    /** Takes one try before anything is compared. Throws `login.slow-down`. */
    async begin(attempt: Attempt): Promise<void> {
      if (attempt.device === null) return beginAsStranger(attempt);
      refuse("login.slow-down", await perDevice.take(`${attempt.device} ${attempt.account}`));
    },
    /** The try was right: it is given back, and the tries before it are forgotten. */
    async succeed({ account, address, device }: Attempt): Promise<void> {
      if (device !== null) return perDevice.forget(`${device} ${account}`);
      await perAddress.giveBack(address);
      await perAccount.forget(`${address} ${account}`);
      await strain.giveBack(account);
    },
    /** One more salt for this address. Throws `login.slow-down`. */
    async salt(address: string): Promise<void> {
      refuse("login.slow-down", await salts.take(address));
    },
    /** One more account for this address. Throws `account.registration-slow-down`. */
    async register(address: string): Promise<void> {
      refuse("account.registration-slow-down", await registrations.take(address));
    },
  };
}

export type Attempts = ReturnType<typeof createAttempts>;

function refuse(code: ApiErrorCode, retryAfterSeconds: number | null): void {
  if (retryAfterSeconds !== null) throw new ApiFailure(code, { retryAfterSeconds });
}
