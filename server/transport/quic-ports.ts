/** The relay's QUIC ports over time: one server with one certificate, and before that runs out a second one on the other port. The old
 * one stays for the calls on it: a port's certificate cannot be changed, and closing it would end them. */
import type { QuicPort } from "../../wire/signal.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError } from "../log.ts";
import { makeCertificate } from "./certificate.ts";
import { keepCertificate, loadCertificate } from "./certificate-file.ts";
import { freeUdpPort } from "./free-port.ts";
import type { QuicAddon } from "./quic-addon.ts";
import { type Inside, QuicServer } from "./quic-server.ts";

const HOUR_MS = 60 * 60_000;
/** Higher: certificates are changed more often. Lower: browsers whose clocks run ahead find this one expired. */
export const ROTATE_MS = 48 * HOUR_MS;
/** Higher: two ports are named for longer. Lower: a page whose network lets only the old port through falls back to WebSocket. */
export const OVERLAP_MS = HOUR_MS;

export type QuicPortsDeps = Inside & {
  readonly addon: QuicAddon;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the certificate is kept. */
  readonly folder: string;
  /** An IP address. */
  readonly host: string;
  /** This one and the next; 0: any free ones. */
  readonly port: number;
};

export class QuicPorts {
  readonly #deps: QuicPortsDeps;
  #now: QuicServer;
  #old: { readonly server: QuicServer; readonly until: number } | null = null;

  /** Listens with the certificate of the run before, or a new one. Throws where the port is taken. */
  static async open(deps: QuicPortsDeps): Promise<QuicPorts> {
    const kept = loadCertificate(deps.folder);
    const isGood = kept !== null && kept.expires - deps.clock.now() > ROTATE_MS;
    const certificate = isGood ? kept : makeCertificate(deps.clock.now());
    const port = deps.port === 0 ? await freeUdpPort(deps.host) : deps.port;
    const server = new QuicServer(deps.addon, deps, { host: deps.host, port, certificate });
    if (!isGood) keepCertificate(deps.folder, certificate);
    return new QuicPorts(deps, server);
  }

  private constructor(deps: QuicPortsDeps, server: QuicServer) {
    this.#deps = deps;
    this.#now = server;
  }

  /** What pages are told, the newest first. */
  get ports(): QuicPort[] {
    const isNamed = this.#old !== null && this.#deps.clock.now() < this.#old.until;
    const servers = isNamed && this.#old ? [this.#now, this.#old.server] : [this.#now];
    return servers.map(({ port, certificate }) => ({ port, hash: certificate.hash }));
  }

  /** Every port that a page which is open now may have to reach. */
  get reachable(): number[] {
    const { port } = this.#deps;
    if (port !== 0) return [port, port + 1];
    return this.#old ? [this.#now.port, this.#old.server.port] : [this.#now.port];
  }

  /** To be called now and then: changes the certificate in time, and lets an old port go once nobody is on it. Never throws. */
  async check(): Promise<void> {
    try {
      if (this.#old !== null) await this.#leave(this.#old);
      else if (this.#now.certificate.expires - this.#deps.clock.now() <= ROTATE_MS) await this.#rotate();
    } catch (error) {
      this.#deps.log.warn("media.rotation-failed", { error: logError(error) });
    }
  }

  async #rotate(): Promise<void> {
    const { addon, clock, log, folder, host } = this.#deps;
    const certificate = makeCertificate(clock.now());
    const server = new QuicServer(addon, this.#deps, { host, port: await this.#other(), certificate });
    keepCertificate(folder, certificate);
    this.#old = { server: this.#now, until: clock.now() + OVERLAP_MS };
    this.#now = server;
    log.info("media.rotated", { port: server.port });
  }

  async #other(): Promise<number> {
    const { port, host } = this.#deps;
    if (port === 0) return await freeUdpPort(host);
    return this.#now.port === port ? port + 1 : port;
  }

  async #leave({ server, until }: { server: QuicServer; until: number }): Promise<void> {
    if (this.#deps.clock.now() < until || server.sessions > 0) return;
    await server.retire();
    this.#old = null;
  }
}
