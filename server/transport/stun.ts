/** Our own STUN responder: tells a browser the address it is seen from, so that no third party has to (rule R12). It
 * answers nothing but Binding requests, with at most about twice their bytes, and each address only so often: who forges
 * a victim's address as the sender gains nothing. */
import type { Clock } from "../clock.ts";
import { type Log, logError } from "../log.ts";
import { Buckets } from "../signaling/buckets.ts";
import type { Rate } from "../signaling/limits.ts";
import { answerTo, readRequest } from "./stun-message.ts";

/** A browser asks some ten times at the start of a call and again on a new network. Higher: more forged traffic reaches
 * a victim. Lower: a clinic behind one address has calls that connect late. */
export const STUN_RATE: Rate = { burst: 100, perSecond: 10 };
/** Addresses remembered. Higher: memory under attack. Lower: strangers with many addresses make the responder silent. */
export const STUN_ADDRESSES_MAX = 10_000;

/** What was not answered: not a request of ours, or too many of one address. */
export type StunCounts = { answered: number; ignored: number; limited: number };

export type StunDeps = {
  /** The host to listen at; `::` takes IPv6 and IPv4. */
  readonly hostname: string;
  /** UDP; 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** What one subscriber has of an address: IPv4 whole, IPv6 its /64. */
  readonly networkOf: (address: string) => string;
};

export type Stun = { readonly port: number; readonly counts: StunCounts; stop(): void };

/** Decides on one datagram: the answer, or `undefined` for silence. */
export function createResponder({ clock, networkOf }: Pick<StunDeps, "clock" | "networkOf">) {
  const buckets = new Buckets(STUN_RATE, STUN_ADDRESSES_MAX);
  const counts: StunCounts = { answered: 0, ignored: 0, limited: 0 };
  const respond = (datagram: Uint8Array, address: string, port: number) => {
    const request = readRequest(datagram);
    const answer = request && answerTo(request, address, port);
    const may = answer !== undefined && buckets.take(networkOf(address), clock.monotonic()) === true;
    counts[answer === undefined ? "ignored" : may ? "answered" : "limited"] += 1;
    return may ? answer : undefined;
  };
  return { respond, counts };
}

/** Listens. Rejects where the port is taken. */
export async function startStun(deps: StunDeps): Promise<Stun> {
  const { respond, counts } = createResponder(deps);
  const socket = await Bun.udpSocket({
    hostname: deps.hostname,
    port: deps.port,
    binaryType: "uint8array",
    socket: {
      data: (from, datagram, port, address) => {
        const answer = respond(datagram, address, port);
        // a full send buffer drops the answer; browsers ask again
        if (answer) from.send(answer, port, address);
      },
      error: (_socket, error) => deps.log.warn("stun.error", { error: logError(error) }),
    },
  });
  return { port: socket.port, counts, stop: () => socket.close() };
}
