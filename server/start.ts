/** Puts the parts together: config → keys and database → signaling → HTTP, and stops them in reverse. */
import { mkdirSync } from "node:fs";
import type { Server } from "bun";
import { openStore, type Store } from "../db/store.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createApp, type Socket } from "./http/app.ts";
import type { RoomEvents } from "./http/parts.ts";
import { type Keys, loadKeys } from "./keys.ts";
import { createLog, type Log } from "./log.ts";

/** Why the server cannot start, as a sentence for the operator. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** A server that answers. `stop` tells open calls, ends requests and closes the database; calling it twice is once. */
export type Running = { address: string; log: Log; stop(): Promise<void> };

/** What main needs of the signaling side. */
export type Signaling = Socket & { events: RoomEvents; stop(): Promise<void> };

/** Nobody listens to rooms while there is no signaling. */
const SILENT: RoomEvents = {
  opened: () => undefined,
  closed: () => undefined,
  sessionEnded: () => undefined,
  accountDeleted: () => undefined,
};

/** Starts everything. Throws `StartError`, `KeyFileError`, and the errors of db/errors.ts. */
export async function start(config: Config): Promise<Running> {
  const log = createLog(systemClock, config.log);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const { keys } = loadKeys(config.data);
  const store = await openStore(config.database);
  try {
    if (!(await store.practices.bindKeys(keys.check))) throw new StartError(WRONG_KEYS);
    return await serve({ config, log, keys, store });
  } catch (error) {
    await store.close();
    throw error;
  }
}

const WRONG_KEYS =
  "The file server.key in TPC_DATA does not belong to this database: nobody could log in. Put back the one that was beside it.";

type Ground = { config: Config; log: Log; keys: Keys; store: Store };

async function serve({ config, log, keys, store }: Ground): Promise<Running> {
  const signaling: Signaling | null = null;
  const events = SILENT;
  const parts = { store, config, keys, clock: systemClock, log, events, wait: Bun.sleep };
  const app = createApp(parts, signaling);
  const server = listen(app, config);
  const address = config.origin ?? `${config.tls === null ? "http" : "https"}://localhost:${server.port}`;
  log.info("server.ready", {
    port: server.port ?? 0,
    tls: config.tls !== null,
    registration: config.registration.kind,
  });
  return { address, log, stop: once(() => stop()) };

  async function stop(): Promise<void> {
    await app.stop(true);
    await store.close();
    log.info("server.stopped");
  }
}

function listen(app: ReturnType<typeof createApp>, config: Config): Server<unknown> {
  const tls = config.tls && { cert: Bun.file(config.tls.cert), key: Bun.file(config.tls.key) };
  try {
    app.listen({ hostname: config.host, port: config.port, ...(tls === null ? {} : { tls }) });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EADDRINUSE")
      throw new StartError(`Port ${config.port} is taken: set TPC_PORT to another one.`);
    if (code === "EACCES")
      throw new StartError(`Port ${config.port} needs more rights: set TPC_PORT above 1023.`);
    throw error;
  }
  if (app.server === null) throw new StartError("The server does not listen.");
  return app.server;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
