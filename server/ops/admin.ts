/** The operator's command line, `bun run admin …`: vouchers, grants, tariffs, corrections, on the settings of the server. The server may be
 * running. Ends with 0 where it is done, 2 where what was typed or set cannot be, 1 where the database could not be used. */
import { existsSync } from "node:fs";
import { StoreAway, StoreBusy, StoreFull } from "../../db/errors.ts";
import { openStore } from "../../db/store.ts";
import { dayOf } from "../billing/day.ts";
import { ConfigError, readConfig } from "../config.ts";
import { logError } from "../log.ts";
import { carryOut } from "./carry-out.ts";
import { readCommand } from "./command.ts";
import { USAGE, UsageError } from "./usage.ts";

const [DONE, FAILED, REFUSED] = [0, 1, 2];

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args[0] === "help" || args[0] === "--help") {
    await write(args.length === 0 ? process.stderr : process.stdout, USAGE);
    return args.length === 0 ? REFUSED : DONE;
  }
  try {
    await run(args);
    return DONE;
  } catch (error) {
    await write(process.stderr, `${sentence(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? REFUSED : FAILED;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const today = dayOf(Date.now());
  const command = readCommand(args, today);
  const { database } = readConfig(process.env);
  // opening would make one, and everything would seem to be gone
  if (database.url.startsWith("file:") && !existsSync(database.url.slice("file:".length)))
    throw new UsageError(
      "There is no database yet: see TPC_DATA and TPC_DATABASE_URL, and start the server once.",
    );
  const store = await openStore(database);
  try {
    const { out, note } = await carryOut(store, command, today);
    await write(process.stdout, out);
    if (note !== "") await write(process.stderr, `${note}\n`);
  } finally {
    await store.close();
  }
}

/** Resolves once it is written: `process.exit` would cut what a pipe has not taken. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

function sentence(error: unknown): string {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  if (error instanceof StoreAway) return "The database went away: whether it was done, only a look tells.";
  if (error instanceof StoreBusy) return "The database is locked by somebody else: nothing was done.";
  if (error instanceof StoreFull) return "The database cannot be opened or written: nothing was done.";
  return `The database cannot be used: ${logError(error)}.`;
}
