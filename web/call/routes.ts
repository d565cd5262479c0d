/** All routes of one page: hands each relayed message to its route and lets every route resend after a lost line. */
import type { Bytes } from "../../wire/bytes.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToBrowser, ToServer } from "../../wire/signal.ts";
import type { Clock } from "./clock.ts";
import { type Broken, Route } from "./route.ts";

/** 16 open clients with 4 links or devices each, and 16 strangers by code, who must take no place of a link. Higher: strangers with links cost a page more memory. Lower: a
 * client that opens its link once more is not heard. */
export const ROUTES_MAX = 80;

export type RoutesDeps = {
  readonly clock: Clock;
  readonly post: (message: ToServer) => unknown;
  /** The next message of `peer`, once and in order. */
  readonly deliver: (peer: PeerId, data: Bytes) => void;
  /** What stood on the route to `peer` is lost; a new handshake may go over the same route. */
  readonly broke: (peer: PeerId, why: Broken) => void;
};

export class Routes {
  readonly #deps: RoutesDeps;
  readonly #routes = new Map<PeerId, Route>();

  constructor(deps: RoutesDeps) {
    this.#deps = deps;
  }

  /** The route to `peer`, new where there was none; `undefined` where `ROUTES_MAX` are open. */
  to(peer: PeerId): Route | undefined {
    const known = this.#routes.get(peer);
    if (known || this.#routes.size >= ROUTES_MAX) return known;
    const route = new Route(peer, {
      ...this.#deps,
      deliver: (data) => this.#deps.deliver(peer, data),
      broke: (why) => this.#deps.broke(peer, why),
    });
    this.#routes.set(peer, route);
    return route;
  }

  /** Takes what concerns routes out of the server's messages: `relay`, `ack`, `anew`, `peer`, and `welcome`. A peer that is
   * gone, and a welcome that is not a resume, close routes: both ends count from 1 again. */
  take(message: ToBrowser): void {
    if (message.t === "relay") this.to(message.from)?.onRelay(message);
    else if (message.t === "ack") this.#routes.get(message.from)?.onAck(message.ack);
    else if (message.t === "anew") this.to(message.from)?.onAnew();
    else if (message.t === "peer" && message.state === "back") this.#routes.get(message.peer)?.onBack();
    else if (message.t === "peer" && message.state === "gone") this.drop(message.peer);
    else if (message.t === "welcome" && message.resumed) this.#back();
    else if (message.t === "welcome") this.close();
  }

  /** Closes the route to `peer`, if there is one. */
  drop(peer: PeerId): void {
    this.#routes.get(peer)?.close();
    this.#routes.delete(peer);
  }

  /** Closes all routes: a new handshake with everybody follows. */
  close(): void {
    for (const peer of [...this.#routes.keys()]) this.drop(peer);
  }

  #back(): void {
    for (const route of [...this.#routes.values()]) route.onBack();
  }
}
