/** What the database may say besides an answer, sorted by whose fault it is. No text of SQLite or drizzle leaves this
 * file: those carry SQL and values (stack.md §4). */

/** Somebody else holds the write lock, or too much is waiting: nothing was stored, try again. */
export class StoreBusy extends Error {
  override readonly name: string = "StoreBusy";
}

/** The remote database cannot be reached or went away in the middle: what was being written is stored whole or not at
 * all, and only a look tells which; so it is not repeated by itself. */
export class StoreAway extends StoreBusy {
  override readonly name = "StoreAway";
}

/** No room on the disk, or the disk refuses to write: nothing was stored. */
export class StoreFull extends Error {
  override readonly name = "StoreFull";
}

/** A unique or foreign key refused the write: what the caller knew is no longer so. Nothing was stored. */
export class Conflict extends Error {
  override readonly name = "Conflict";
}

/** The operator has locked this account: no session begins in it. Nothing was stored. */
export class AccountLocked extends Error {
  override readonly name = "AccountLocked";
}

/** Anything else: our bug, or a broken file. `code` is SQLite's word for it and safe to log. */
export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

type Kind = "busy" | "away" | "full" | "conflict";

/** SQLite's primary codes and those of the remote protocol. */
const KINDS: readonly [RegExp, Kind][] = [
  [/^SQLITE_(BUSY|LOCKED)/, "busy"],
  [/^(SERVER_ERROR|HRANA_\w+|CLIENT_CLOSED|TRANSACTION_\w+|STREAM_\w+)$/, "away"],
  [/^(ECONN\w+|ETIMEDOUT|EPIPE|ConnectionRefused|ConnectionClosed|FailedToOpenSocket)$/, "away"],
  [/^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/, "full"],
  [/^(ENOSPC|EDQUOT|EROFS|EIO)$/, "full"],
  [/^SQLITE_CONSTRAINT/, "conflict"],
];

/** How deep causes are followed; drizzle wraps libsql once, libsql wraps the driver once. */
const CAUSES_MAX = 5;

/** All codes along the chain of causes, outermost first. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let at = error;
  for (let depth = 0; depth < CAUSES_MAX && typeof at === "object" && at !== null; depth++) {
    const { code, extendedCode, cause } = at as { code?: unknown; extendedCode?: unknown; cause?: unknown };
    for (const word of [extendedCode, code]) if (typeof word === "string") codes.push(word);
    at = cause;
  }
  return codes;
}

/** The error of this file that `error` means. Errors of this file come back as they are; an error that no database
 * made (a bug in the caller's work) too. */
export function storeError(error: unknown): unknown {
  const codes = codesOf(error);
  for (const code of codes) {
    const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1];
    if (kind === "busy") return new StoreBusy();
    if (kind === "away") return new StoreAway();
    if (kind === "full") return new StoreFull();
    if (kind === "conflict") return new Conflict();
  }
  const [code] = codes;
  if (code === undefined || error instanceof StoreBroken) return error;
  return new StoreBroken(/^[A-Z_a-z]{1,40}$/.test(code) ? code : "UNKNOWN");
}
