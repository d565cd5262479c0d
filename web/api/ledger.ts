/** Points and minutes, asked of the server. */
import type { Account, Credited, Plans, RunningCall, Statement, Week } from "../../wire/ledger.ts";
import { api, take } from "./server.ts";

/** Points and minutes. All throw `Refused`. */
export const ledgerApi = {
  async account(): Promise<Account> {
    return take(api().ledger.get());
  },
  /** `month` as "2026-11". */
  async statement(month: string): Promise<Statement> {
    return take(api().ledger.months({ month }).get());
  },
  /** Twelve weeks, the oldest first. */
  async weeks(): Promise<readonly Week[]> {
    return (await take(api().ledger.weeks.get())).weeks;
  },
  /** Calls that are not settled. */
  async now(): Promise<readonly RunningCall[]> {
    return (await take(api().ledger.now.get())).calls;
  },
  /** Case and spaces of the code do not matter. */
  async redeem(code: string): Promise<Credited> {
    return take(api().vouchers.post({ code }));
  },
  /** For everybody. */
  async plans(): Promise<Plans> {
    return take(api().plans.get());
  },
};

/** Where a month's statement is fetched as a file, in the language of the page. */
export function statementFile(month: string, kind: "csv" | "pdf", language: string): string {
  return `/api/ledger/months/${month}/${kind}?lang=${language}`;
}
