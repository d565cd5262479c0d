/** What we read and change in an SDP before we believe it (TP1 §2.8). SDP reaches us only through the sealed channel. */

/** An SDP that does not carry exactly one SHA-256 fingerprint is refused. */
export class SdpRefused extends Error {
  override readonly name = "SdpRefused";
}

/** The one DTLS fingerprint of an SDP as upper-case hex with colons. Throws `SdpRefused` on none, two different, or another hash. */
export function fingerprintOf(sdp: string): string {
  const lines = [...sdp.matchAll(/^a=fingerprint:(\S+)[ \t]+(\S+)[ \t]*\r?$/gim)];
  const values = new Set(lines.map((line) => (line[2] ?? "").toUpperCase()));
  const hashes = new Set(lines.map((line) => (line[1] ?? "").toLowerCase()));
  const [value] = values;
  if (value === undefined || values.size !== 1 || hashes.size !== 1 || !hashes.has("sha-256")) {
    throw new SdpRefused("exactly one sha-256 fingerprint is accepted");
  }
  if (!/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(value)) throw new SdpRefused("not a sha-256 fingerprint");
  return value;
}

/** The same SDP with Opus told to keep every packet the same size and never to fall silent: packet sizes must not tell
 * words (RFC 6562). Set on what we receive, because it governs what *we* send. */
export function withConstantOpus(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000\/2\r?$/im.exec(sdp)?.[1];
  if (payload === undefined) return sdp;
  return sdp.replace(new RegExp(`^a=fmtp:${payload} (.*?)(\\r?)$`, "im"), (_, given: string, end: string) => {
    const kept = given.split(";").filter((part) => !/^\s*(cbr|usedtx)=/i.test(part));
    return `a=fmtp:${payload} ${[...kept, "cbr=1", "usedtx=0"].join(";")}${end}`;
  });
}

/** SHA-256 of a DTLS certificate in DER, written like a fingerprint line. */
export async function fingerprintOfCertificate(der: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":");
}

/** Kilobits per second at which a picture starts instead of the browser's 300. Higher: a weak line chokes in the first second.
 * Lower: the first picture of a face takes longer to get through than the whole handshake. */
const START_KBIT = 1_000;

/** The same SDP with the sender told to start at a rate that fits a face; Chromium reads it, others ignore it. */
export function withQuickPicture(sdp: string): string {
  const payloads = [...sdp.matchAll(/^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000\r?$/gim)].map(
    (line) => line[1] ?? "",
  );
  return payloads.reduce((text, payload) => startingFaster(text, payload), sdp);
}

function startingFaster(sdp: string, payload: string): string {
  const start = `x-google-start-bitrate=${START_KBIT}`;
  const given = new RegExp(`^(a=fmtp:${payload} [^\\r\\n]*)`, "im");
  if (given.test(sdp)) return sdp.replace(given, `$1;${start}`);
  return sdp.replace(
    new RegExp(`^(a=rtpmap:${payload} [^\\r\\n]*)(\\r?\\n)`, "im"),
    `$1$2a=fmtp:${payload} ${start}$2`,
  );
}
