/** The desk of this page with its own line to the server: opened when the vault is, closed when it locks. */
import { newCertificate, openSocket } from "./browser.ts";
import { browserClock } from "./clock.ts";
import { Desk } from "./desk.ts";
import type { DeskKeys, DeskOptions } from "./desk-types.ts";
import type { SignalSocket } from "./socket.ts";

/** 16 bytes that name this page among all the therapist ever opened (TP1 §2.6). */
const CSID_BYTES = 16;

export class OpenDesk {
  readonly desk: Desk;
  readonly socket: SignalSocket;

  /** `oneByOne` is the setting "einzeln einlassen" of this moment, `words` the practice's language. */
  constructor(keys: DeskKeys, { oneByOne, words }: Pick<DeskOptions, "oneByOne" | "words">) {
    this.desk = new Desk({
      keys,
      post: (message) => this.socket.send(message),
      clock: browserClock,
      certificate: newCertificate(),
      csid: crypto.getRandomValues(new Uint8Array(CSID_BYTES)),
      oneByOne,
      words,
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
