/** The product: reads the environment, starts, prints the address to open, and stops cleanly on SIGTERM or SIGINT. */
import { StoreBroken, StoreBusy, StoreFull } from "../db/errors.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { KeyFileError } from "./keys.ts";
import { logError, logPlace } from "./log.ts";
import { type Running, StartError, start } from "./start.ts";

/** Higher: an orchestrator kills us in the middle of closing the database. Lower: a slow disk loses the checkpoint, which
 * the next start makes up for. */
const STOP_MS = 1800;
/** The environment or the data folder is not what the server can work with: starting again does not help. */
const EXIT_SETTINGS = 2;

const running = await begin();
process.stdout.write(`TheraPsy Connect is ready: ${running.address}\n`);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, onSignal);
process.on("unhandledRejection", (error) => report("process.rejection", error));
process.on("uncaughtException", (error) => {
  report("process.exception", error);
  void end(1);
});

async function begin(): Promise<Running> {
  try {
    return await start(settings());
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(EXIT_SETTINGS);
  }
}

function settings(): Config {
  return readConfig(process.env);
}

/** Only messages written for operators are printed whole. */
function sentence(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError || error instanceof KeyFileError) {
    return error.message;
  }
  if (error instanceof StoreBusy) return "The database is locked or cannot be reached: see TPC_DATABASE_URL.";
  if (error instanceof StoreFull)
    return "The database cannot be opened or written: see TPC_DATA, its owner and its disk.";
  if (error instanceof StoreBroken)
    return `The database cannot be used (${error.code}): see TPC_DATABASE_URL.`;
  return `The server cannot start: ${logError(error)} at ${logPlace(error)}.`;
}

function report<const E extends "process.rejection" | "process.exception">(event: E, error: unknown): void {
  const fields = { error: logError(error), place: logPlace(error) };
  if (event === "process.rejection") running.log.error("process.rejection", fields);
  else running.log.error("process.exception", fields);
}

let stopping = false;

/** The first signal stops cleanly, the second at once. */
function onSignal(): void {
  if (stopping) process.exit(1);
  stopping = true;
  void end(0);
}

async function end(code: number): Promise<never> {
  const late = setTimeout(() => process.exit(1), STOP_MS);
  await running.stop();
  clearTimeout(late);
  process.exit(code);
}
