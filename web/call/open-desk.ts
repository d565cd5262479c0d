/** The desk of this page with its own line to the server: opened when the vault is, closed when it locks. */
import { newCertificate, openSocket } from "./browser.ts";
import { browserClock } from "./browser-clock.ts";
import { Desk } from "./desk.ts";
import type { DeskKeys, DeskOptions } from "./desk-types.ts";
import { openPlane } from "./lazy-plane.ts";
import type { SignalSocket } from "./socket.ts";

export class OpenDesk {
  readonly desk: Desk;
  readonly socket: SignalSocket;

  /** The settings are those of each moment. */
  constructor(keys: DeskKeys, settings: Pick<DeskOptions, "oneByOne" | "relayOnly" | "reach" | "words">) {
    this.desk = new Desk({
      keys,
      post: (message) => this.socket.send(message),
      clock: browserClock,
      certificate: newCertificate(),
      open: openPlane,
      ...settings,
    });
    this.socket = openSocket(
      { t: "host" },
      (message) => this.desk.receive(message),
      () => this.desk.networkChanged(),
    );
  }

  /** The page locks or goes. A second call does nothing. */
  close(): void {
    this.desk.close();
    this.socket.close();
  }
}
