/** The product: reads the environment, starts, prints the address to open, and stops cleanly on SIGTERM or SIGINT. */
import { StoreBroken, StoreBusy, StoreFull } from "../db/errors.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { KeyFileError } from "./keys.ts";
import { StartError } from "./listening.ts";
import { logError, logPlace } from "./log.ts";
import { type Running, start } from "./start.ts";

/** Higher: an orchestrator kills us in the middle of closing the database. Lower: a slow disk loses the checkpoint, which
 * the next start makes up for. */
const STOP_MS = 1800;
/** The environment or the data folder is not what the server can work with: starting again does not help. */
const EXIT_SETTINGS = 2;

let signals = 0;
let isDraining = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, onSignal);
const starting = begin();
const { address, log, renew } = await starting;
// what programs that renew certificates send to servers when they are done
process.on("SIGHUP", renew);
process.on("unhandledRejection", (error) => log.error("process.rejection", reason(error)));
process.on("uncaughtException", (error) => {
  log.error("process.exception", reason(error));
  void end(1);
});
process.stdout.write(`TheraPsy Connect is ready: ${address}\n`);

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

function reason(error: unknown) {
  return { error: logError(error), place: logPlace(error) };
}

/** The first signal stops cleanly, also while starting, and lets calls end where that is set; another ends that wait, the next one stops at
 * once. */
function onSignal(): void {
  signals += 1;
  if (signals === 1) void drainAndEnd();
  else if (isDraining) void starting.then(({ hurry }) => hurry());
  else process.exit(1);
}

async function drainAndEnd(): Promise<never> {
  const late = setTimeout(() => process.exit(1), STOP_MS);
  const running = await starting;
  clearTimeout(late);
  isDraining = true;
  await running.drain();
  isDraining = false;
  return await end(0);
}

/** `STOP_MS` from here on, whatever hangs. */
async function end(code: number): Promise<never> {
  const late = setTimeout(() => process.exit(1), STOP_MS);
  const running = await starting;
  await running.stop();
  clearTimeout(late);
  process.exit(code);
}
