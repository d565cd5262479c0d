/** Queries on problem reports. */
import { desc, lt, sql } from "drizzle-orm";
import type { ProblemReport } from "../wire/report.ts";
import type { Database, Writer } from "./database.ts";
import { reports } from "./reports-schema.ts";

const HOUR_MS = 60 * 60_000;
/** Higher: strangers fill the disk. Lower: the operator who looks once a month misses some. The oldest go first. */
export const REPORTS_MAX = 1_000;

/** A report as it is kept. */
export type KeptReport = { readonly id: number; readonly hour: number; readonly report: ProblemReport };

export function createReports(db: Database) {
  return {
    /** Keeps one; `now` in Unix milliseconds. */
    add: (report: ProblemReport, now: number): Promise<void> =>
      db.write(async (tx) => {
        await tx.insert(reports).values({ hour: now - (now % HOUR_MS), report });
        const newest = sql`(SELECT max(id) FROM problem_reports)`;
        await tx.delete(reports).where(lt(reports.id, sql`${newest} - ${REPORTS_MAX - 1}`));
      }),

    /** The newest first. */
    all: (): Promise<KeptReport[]> => db.read((tx) => tx.select().from(reports).orderBy(desc(reports.id))),
  };
}

/** Deletes those that came before `wall`. */
export async function clearReports(tx: Writer, wall: number): Promise<number> {
  return (await tx.delete(reports).where(lt(reports.hour, wall))).rowsAffected;
}
