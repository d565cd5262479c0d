/** Tells drizzle-kit where the schema stands and where the generated migrations go; used by `bun run db:generate` only. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "turso", schema: "db/*schema.ts", out: "db/migrations" });
