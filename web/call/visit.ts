/** One visit of a client: the socket, the way in and the call, together from opening the link, or typing the code, to the end. */
import { browserStore, newCertificate, openSocket } from "./browser.ts";
import { browserClock } from "./browser-clock.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import { ClientCall } from "./client-call.ts";
import { DeviceSecrets } from "./device-secrets.ts";
import { openPlane } from "./lazy-plane.ts";
import { type Credential, whoOf } from "./proof.ts";
import type { SignalSocket } from "./socket.ts";
import type { Tried } from "./tries.ts";

export type VisitOptions = {
  readonly credential: Credential;
  /** The few tries with a code (A4); never asked by link. */
  readonly tries: Tried;
  readonly capture: Capture;
  /** One for the page, not for the visit: coming again gives no new tries. */
  readonly budget: HandshakeBudget;
  readonly label: () => string | null;
  /** The person wants its address hidden. */
  readonly hide: () => boolean;
};

export class Visit {
  readonly call: ClientCall;
  readonly socket: SignalSocket;

  constructor(options: VisitOptions) {
    this.call = new ClientCall({
      credential: options.credential,
      tries: options.tries,
      post: (message) => this.socket.send(message),
      capture: options.capture,
      clock: browserClock,
      secrets: new DeviceSecrets(browserStore()),
      budget: options.budget,
      certificate: newCertificate(),
      label: options.label,
      hide: options.hide,
      open: openPlane,
    });
    this.socket = openSocket(
      whoOf(options.credential),
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
