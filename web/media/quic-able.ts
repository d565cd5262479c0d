/** Which browsers get a QUIC session (research §0.4): others have a WebTransport that stalls, and go by sockets. Pure. */

/** Older ones deliver two streams of the server and no more. */
const FIREFOX_MIN = 153;

/** `hasWebTransport`: the global is there. Every browser of iPhones is Safari inside. */
export function quicAble(userAgent: string, hasWebTransport: boolean): boolean {
  if (!hasWebTransport || /iPhone|iPad|CriOS|FxiOS/.test(userAgent)) return false;
  const firefox = /Firefox\/(\d+)/.exec(userAgent);
  if (firefox !== null) return Number(firefox[1]) >= FIREFOX_MIN;
  return /Chrom(e|ium)\/\d+/.test(userAgent);
}
