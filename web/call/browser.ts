/** What the headless call takes from a real browser: the socket to our own origin, signs of the line, a certificate. */
import { browserClock } from "./browser-clock.ts";
import { browserSigns, openSignal } from "./signs.ts";
import { SignalSocket, type SocketDeps, type Who } from "./socket.ts";

/** What this browser keeps; null where it forbids it. */
export function browserStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What this tab keeps over a reload; null where the browser forbids it. */
export function tabStore(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** The signaling socket of this page. `message` gets what the server says; `onNetwork` is told of another network. */
export function openSocket(who: Who, message: SocketDeps["message"], onNetwork: () => void): SignalSocket {
  return new SignalSocket(who, {
    clock: browserClock,
    random: Math.random,
    connect: openSignal,
    signs: (tell) =>
      browserSigns((sign) => {
        tell(sign);
        if (sign === "network") onNetwork();
      }),
    message,
  });
}

/** A DTLS certificate for this page only (TP1 §2.8). */
export function newCertificate(): Promise<RTCCertificate> {
  return RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" } as EcKeyGenParams);
}
