/** What the operator's command line can do, and the error that says it was asked for something else. */

/** What was typed cannot be done; the message is one sentence for the operator. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `bun run admin <command>

  voucher points <n>        [--count k] [--redeem-until 2026-12-31]
  voucher package <minutes> [--days d] [--count k] [--redeem-until 2026-12-31]
      Makes vouchers and prints their codes, once: only their hashes are kept.
  grant <user> points <n>        [--key text]
  grant <user> package <minutes> [--days d] [--key text]
      Credits a practice. Repeated with the same key it credits once.
  tariff list
      Every tariff there ever was, and those to come.
  tariff set single|group <points per minute> [--free] [--from 2026-12-01] [--until 2026-12-31]
      What a minute costs, from today or later on; --free meters and shows it without charging it.
      After --until, what would have held without this command holds again.
  correct <entry>
      Takes one entry back by a second one that names it.
  balance <user>
      What a practice has, and its last entries with their numbers.
  second-factor remove <user>
      Turns every second factor of an account off, for whoever has lost them all. Make sure who asks.
  reports
      Problem reports that people chose to send, the newest first.
  statement <user> <2026-11> [--lang de|en]
      A month as CSV.
  practices [user]
      Accounts: since when, last seen on which day, open rooms. Of one account its e-mail address too.
  practice lock <user>
      Nobody logs in as this account, its software gets no answer, its rooms close and its clients read that the practice
      cannot be reached here for now. Nothing is lost. A running server notices within seconds.
  practice unlock <user>
      Takes the lock off.
  practice delete <user> --confirm <user>
      Deletes an account for good, as its owner could: Kartei, links, rooms, plans, times of calls. Its entries in the ledger
      stay under a number that leads to nobody, and the name is never given out again.
  retention now
      Deletes what is older than TPC_RETENTION_DAYS, as the server does every hour, and says how much.
  backup <file>
      A whole copy of the database while the server runs. server.key is not in it: keep it apart.
  restore <file>
      Puts a backup in the database's place while no server runs. The old database stays beside it under a dated name.
  check
      Looks through the database: ok or not ok a line; ends with 1 where something is not ok.
`;
