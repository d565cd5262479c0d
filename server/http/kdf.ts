/** How browsers stretch a password: Argon2id, by e2ee.md §2.10. Stored with each account, so that raising it here never
 * locks an older account out. */

/** Cost of Argon2id: passes over memory, and memory in bytes. */
export type Kdf = { passes: number; memoryBytes: number };

/** Higher: log-in on an old phone takes many seconds or fails for lack of memory. Lower: a stolen database is guessed
 * faster. 280 ms on a laptop (e2ee.md §5). */
export const KDF: Kdf = { passes: 3, memoryBytes: 128 * 1024 * 1024 };
