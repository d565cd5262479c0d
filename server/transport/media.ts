/** Puts the relay together for `start.ts`: the core, its loop, and the transports that bring sessions to it. */
import type { AnyElysia } from "elysia";
import type { QuicPort } from "../../wire/signal.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { createForwardAll } from "./forward-all.ts";
import { type MediaCounts, MediaLoop } from "./media-loop.ts";
import { type MediaSocketDeps, mediaPlugin } from "./media-socket.ts";
import type { Relay } from "./runner.ts";

export type MediaDeps = Pick<MediaSocketDeps, "originAllowed" | "addressOf"> & {
  readonly clock: Clock;
  readonly log: Log;
};

/** The relay, running. */
export type Media = {
  readonly plugin: AnyElysia;
  readonly relay: Relay;
  /** Where pages reach it by QUIC now, the newest first. */
  readonly quic: () => QuicPort[];
  readonly counts: MediaCounts;
  /** Ends all sessions with `stopping`. */
  stop(): void;
};

/** The relay on the given parts. */
export function createMedia({ clock, log, originAllowed, addressOf }: MediaDeps): Media {
  const loop = new MediaLoop({ sfu: createForwardAll(), clock, log, every });
  const after = (milliseconds: number, run: () => void) => setTimeout(run, milliseconds).unref();
  return {
    plugin: mediaPlugin({ loop, originAllowed, addressOf, after }),
    relay: loop,
    quic: () => [],
    counts: loop.counts,
    stop: () => loop.stop(),
  };
}

function every(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  return () => clearInterval(timer);
}
