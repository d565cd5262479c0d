/** One visit of a client: the socket, the way in and the call, together from opening the link to the end. */
import type { ClientLink } from "../../wasm/client.ts";
import { newCertificate, openSocket } from "./browser.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import { ClientCall } from "./client-call.ts";
import { browserClock } from "./clock.ts";
import { DeviceSecrets } from "./device-secrets.ts";
import type { SignalSocket } from "./socket.ts";

export type VisitOptions = {
  readonly link: ClientLink;
  readonly capture: Capture;
  /** One for the page, not for the visit: coming again gives no new tries. */
  readonly budget: HandshakeBudget;
  readonly label: () => string | null;
};

export class Visit {
  readonly call: ClientCall;
  readonly socket: SignalSocket;

  constructor(options: VisitOptions) {
    this.call = new ClientCall({
      link: options.link,
      post: (message) => this.socket.send(message),
      capture: options.capture,
      clock: browserClock,
      secrets: new DeviceSecrets(ownStorage()),
      budget: options.budget,
      certificate: newCertificate(),
      label: options.label,
    });
    this.socket = openSocket(
      { t: "hello", rid: options.link.rid },
      (message) => this.call.receive(message),
      () => this.call.networkChanged(),
    );
  }

  /** Ends the visit; a second call does nothing. */
  close(): void {
    this.call.close();
    this.socket.close();
  }
}

/** `localStorage`, or nothing where the browser forbids it. */
function ownStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
