/** What the server knows of an account itself. */

/** Answer to `GET /api/account`. */
export type AccountFacts = {
  readonly user: string;
  readonly email: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Every month of which there is a statement, as `2026-11`; the oldest first. */
  readonly months: readonly string[];
};
