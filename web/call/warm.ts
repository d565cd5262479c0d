/** A connection made before anybody needs it: the browser's media engine starts with the first one, and that takes longer than
 * the handshake. Nothing is gathered and nobody learns an address before a description is set (TP1 §2.5). */

/** The settings every connection of ours has; servers for ICE are told later. */
export function settingsOf(certificate: RTCCertificate): RTCConfiguration {
  return { certificates: [certificate], bundlePolicy: "max-bundle" };
}

export class Warm {
  #ready: RTCPeerConnection | undefined;
  #certificate: RTCCertificate | undefined;

  /** Makes one ahead, if none is there. */
  prepare(certificate: RTCCertificate): void {
    this.#certificate = certificate;
    this.#ready ??= new RTCPeerConnection(settingsOf(certificate));
  }

  /** The one that is there, for this call; another is made when there is time. */
  take(): RTCPeerConnection | undefined {
    const taken = this.#ready;
    this.#ready = undefined;
    return taken;
  }

  /** Makes the next one, after a call has taken the last. */
  again(): void {
    if (this.#certificate) this.prepare(this.#certificate);
  }

  close(): void {
    this.#ready?.close();
    this.#ready = undefined;
    this.#certificate = undefined;
  }
}
