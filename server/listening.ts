/** Opens the HTTP port, with TLS where there is a certificate, and says in a sentence why it cannot. */
import type { Server } from "bun";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { App } from "./http/app.ts";
import type { Log } from "./log.ts";
import { LOOK_MS, Renewal } from "./transport/renewal.ts";
import { readTls, TlsFileError, type TlsPair } from "./transport/tls-files.ts";

/** Why the server cannot start, as a sentence for the operator. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** An open port. `renew` looks for a new certificate now rather than within a minute. */
export type Listening = { readonly port: number; renew(): void; stop(): Promise<void> };

type Ground = { app: App; config: Config; clock: Clock; log: Log };

/** Throws `StartError`. */
export function listen(ground: Ground): Listening {
  return ground.config.tls === null ? listenPlain(ground) : listenSecurely(ground, ground.config.tls);
}

function listenPlain({ app, config }: Ground): Listening {
  const server = open(app, config, null);
  return { port: server.port ?? 0, renew: () => undefined, stop: async () => void (await app.stop(true)) };
}

function listenSecurely({ app, config, clock, log }: Ground, paths: NonNullable<Config["tls"]>): Listening {
  const pair = usable(paths);
  const { origin } = config;
  if (origin !== null && !pair.covers(new URL(origin).hostname)) log.warn("tls.other-host");
  let { port } = config;
  const listenWith = (next: TlsPair) => {
    const server = open(app, { ...config, port }, next);
    port = server.port ?? port;
    return server;
  };
  const renewal = new Renewal({ paths, listen: listenWith, clock, log }, pair);
  const timer = setInterval(() => renewal.look(), LOOK_MS);
  return {
    port,
    renew: () => renewal.look(),
    stop: async () => {
      clearInterval(timer);
      await Promise.all([app.stop(true), renewal.stop()]);
    },
  };
}

function usable(paths: NonNullable<Config["tls"]>): TlsPair {
  try {
    return readTls(paths);
  } catch (error) {
    if (error instanceof TlsFileError) throw new StartError(error.message);
    throw error;
  }
}

/** `first`: nobody else may listen on the port. Listeners that follow each other with TLS share it. */
function open(
  app: App,
  { host, port }: Pick<Config, "host" | "port">,
  pair: TlsPair | null,
): Server<unknown> {
  const tls = pair === null ? {} : { tls: { cert: pair.cert, key: pair.key } };
  try {
    if (pair !== null && app.server === null) mustBeFree(host, port);
    app.listen({ hostname: host, port, reusePort: pair !== null, ...tls });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EADDRINUSE") throw new StartError(`Port ${port} is taken: set TPC_PORT to another one.`);
    if (code === "EACCES") throw new StartError(`Port ${port} needs more rights: set TPC_PORT above 1023.`);
    throw error;
  }
  if (app.server === null) throw new StartError("The server does not listen.");
  return app.server;
}

/** A port that is shared is never "taken" by another server of ours; this asks without sharing. */
function mustBeFree(hostname: string, port: number): void {
  Bun.listen({ hostname, port, socket: { data: () => undefined } }).stop(true);
}
