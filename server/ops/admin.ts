/** The operator's command line, `bun run admin …`: vouchers, grants, tariffs, corrections, backups, on the settings of the server, which may
 * be running. Ends with 0 where it is done, 2 where what was typed or set cannot be, 1 where the database could not be used
 * or a check found something. */
import { StoreAway, StoreBusy, StoreFull } from "../../db/errors.ts";
import { openStore } from "../../db/store.ts";
import { dayOf } from "../billing/day.ts";
import { ConfigError, readConfig } from "../config.ts";
import { logError } from "../log.ts";
import { carryOut, type Outcome } from "./carry-out.ts";
import { readCommand } from "./command.ts";
import { clearNow } from "./retention.ts";
import { keepUp, mustBeThere } from "./upkeep.ts";
import { USAGE, UsageError } from "./usage.ts";

const [DONE, FAILED, REFUSED] = [0, 1, 2];

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args[0] === "help" || args[0] === "--help") {
    await write(args.length === 0 ? process.stderr : process.stdout, USAGE);
    return args.length === 0 ? REFUSED : DONE;
  }
  try {
    return await run(args);
  } catch (error) {
    await write(process.stderr, `${sentence(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? REFUSED : FAILED;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const today = dayOf(Date.now());
  const command = readCommand(args, today);
  const config = readConfig(process.env);
  if (command.do === "backup" || command.do === "restore" || command.do === "check") {
    const { sound, ...outcome } = await keepUp(config, command, new Date());
    await tell(outcome);
    return sound ? DONE : FAILED;
  }
  mustBeThere(config.database);
  const store = await openStore(config.database);
  try {
    await tell(
      command.do === "retention now"
        ? await clearNow(store, config.retentionDays, Date.now())
        : await carryOut(store, command, today),
    );
    return DONE;
  } finally {
    await store.close();
  }
}

async function tell({ out, note }: Outcome): Promise<void> {
  await write(process.stdout, out);
  if (note !== "") await write(process.stderr, `${note}\n`);
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
