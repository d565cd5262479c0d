/** Made-up accounts, sessions and records for the tests of db and server. */
import { type Bytes, utf8 } from "../../wire/bytes.ts";
import { type ItemId, newId, type PracticeId, type Rid } from "../../wire/ids.ts";
import { foldUserName } from "../../wire/names.ts";
import type { Pricing } from "../calls.ts";
import type { Practice } from "../practices.ts";
import { newSession, type Session } from "../sessions.ts";
import type { Store } from "../store.ts";

/** `n` random bytes. */
export function noise(n: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(n));
}

/** An account that nobody has yet. */
export function samplePractice(typed = `anna${Math.random().toString(36).slice(2, 12)}`): Practice {
  const user = foldUserName(typed);
  if (user === null) throw new Error("not a user name");
  return {
    id: newId<PracticeId>(),
    user,
    email: "anna@praxis.example",
    salt: noise(16),
    passes: 3,
    memoryBytes: 128 * 1024 * 1024,
    loginHash: noise(32),
    recoveryHash: noise(32),
    wrap: noise(104),
    wrapR: noise(104),
    createdAt: 1000,
  };
}

/** What a new practice of the tests may try: ten minutes, from the first day on. */
export const SAMPLE_TRIAL = { day: 0, minutes: 10 };

/** A pricing under which every minute is free: enough where money is not looked at. */
export const FREE: Pricing = { dayOf: () => 1, keyOf: (call) => utf8(call), linesOf: () => [] };

/** A session of `practice` that began at `now`. */
export function sampleSession(practice: PracticeId, now = 1000): Session {
  const id = newId<ItemId>();
  const agent = "Firefox · Linux";
  return newSession({ id, practice, tokenHash: noise(32), sessionHalf: noise(32), agent, now });
}

/** The hash a test store keeps of a name; any injective function serves. */
export function sampleNameHash(user: string): Bytes {
  return utf8(user);
}

/** Stores a new account with its first session. */
export async function storePractice(store: Store): Promise<{ practice: Practice; session: Session }> {
  const practice = samplePractice();
  const session = sampleSession(practice.id);
  if (!(await store.practices.add(practice, sampleNameHash(practice.user), session, SAMPLE_TRIAL)))
    throw new Error("taken");
  return { practice, session };
}

/** A record with a box of `bytes`. */
export function sampleItem(bytes = 296) {
  return { id: newId<ItemId>(), version: 1, box: noise(bytes) };
}

/** Adds `n` links to the vault of a practice. */
export async function storeLinks(store: Store, practice: PracticeId, n: number): Promise<Rid[]> {
  const add = Array.from({ length: n }, () => newId<Rid>());
  const { counter } = await store.vaults.of(practice);
  const change = { base: counter, manifest: noise(40), put: [], drop: [], links: { add, drop: [] } };
  const answer = await store.vaults.apply(practice, change, 1000);
  if (typeof answer === "string") throw new Error(answer);
  return add;
}
