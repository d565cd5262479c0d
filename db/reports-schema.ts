/** The table of problem reports: what somebody chose to send to the operator. No account, no address; gone after the retention. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ProblemReport } from "../wire/report.ts";

export const reports = sqliteTable("problem_reports", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  /** The hour in which it came, Unix milliseconds: the minute would tell whose call it was. */
  hour: integer("hour").notNull(),
  report: text("report", { mode: "json" }).$type<ProblemReport>().notNull(),
});
