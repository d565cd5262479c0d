/** Puts the relay together for `start.ts`: the core, its loop, and the transports that bring sessions to it. */
import { lookup } from "node:dns/promises";
import type { AnyElysia } from "elysia";
import type { QuicPort } from "../../wire/signal.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { createSfu } from "../sfu/core.ts";
import type { LinkKind } from "../sfu/events.ts";
import { Echoes } from "./echo.ts";
import { type MediaCounts, MediaLoop } from "./media-loop.ts";
import { type MediaSocketDeps, mediaPlugin } from "./media-socket.ts";
import { loadQuic } from "./quic-addon.ts";
import { QuicPorts } from "./quic-ports.ts";
import type { Inside } from "./quic-server.ts";
import type { Relay } from "./runner.ts";

/** Higher: an old port stays open for longer. Lower: more looks for nothing. */
const CHECK_MS = 10 * 60_000;

export type MediaDeps = Pick<MediaSocketDeps, "originAllowed" | "addressOf" | "isStaff"> & {
  readonly clock: Clock;
  readonly log: Log;
  /** Where the server listens, and the UDP port of WebTransport: null is off, 0 any free one. */
  readonly host: string;
  readonly port: number | null;
  /** Where the certificate is kept. */
  readonly folder: string;
};

/** The relay, running. */
export type Media = {
  readonly plugin: AnyElysia;
  readonly relay: Relay;
  /** Where pages reach it by QUIC now, the newest first. */
  readonly quic: () => QuicPort[];
  /** Every UDP port that a page may have to reach while it is open. */
  readonly quicPorts: () => readonly number[];
  /** Tickets of the connection check. */
  readonly echoes: Pick<Echoes, "issue">;
  readonly counts: MediaCounts;
  readonly bytes: MediaLoop["bytes"];
  sessionsBy(kind: LinkKind): number;
  /** Ends all sessions with `stopping`. */
  stop(): void;
};

/** The relay on the given parts. Throws where the UDP port is taken. */
export async function openMedia(deps: MediaDeps): Promise<Media> {
  const { clock, log, originAllowed, addressOf, isStaff } = deps;
  const loop = new MediaLoop({ sfu: createSfu(clock.monotonic()), clock, log, every });
  const echoes = new Echoes({ clock, after });
  const ports = await openQuic({ loop, echoes }, deps);
  const stopChecks = ports && every(CHECK_MS, () => void ports.check());
  return {
    plugin: mediaPlugin({ loop, echoes, originAllowed, addressOf, isStaff, after }),
    relay: loop,
    quic: () => ports?.ports ?? [],
    quicPorts: () => ports?.reachable ?? [],
    echoes,
    counts: loop.counts,
    bytes: loop.bytes,
    sessionsBy: (kind) => loop.sessionsBy(kind),
    stop: () => {
      stopChecks?.();
      loop.stop();
    },
  };
}

async function openQuic(
  inside: Inside,
  { clock, log, host, port, folder }: MediaDeps,
): Promise<QuicPorts | null> {
  if (port === null) return null;
  const addon = await loadQuic();
  if (addon === null) {
    log.warn("media.no-quic", { needs: "glibc-2.38" });
    return null;
  }
  const { address } = await lookup(host);
  return await QuicPorts.open({ addon, ...inside, clock, log, folder, host: address, port });
}

function every(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  return () => clearInterval(timer);
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}
