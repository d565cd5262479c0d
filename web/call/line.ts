/** How two people are connected right now, in the three words the pages show. */

/** `direct`: the shortest way between the two; `relayed`: over the operator's own server. `since` is Unix milliseconds. */
export type Line =
  | { readonly at: "connecting" }
  | { readonly at: "open"; readonly route: "direct" | "relayed" }
  | { readonly at: "reconnecting"; readonly since: number };

type Figures = { type: string; [name: string]: unknown };

/** Reads from the browser's figures whether the chosen pair of addresses goes through a relay. */
export function lineOf(report: RTCStatsReport | ReadonlyMap<string, Figures>): "direct" | "relayed" {
  const all = [...(report as ReadonlyMap<string, Figures>).values()];
  const by = (id: unknown) => all.find((entry) => entry.id === id);
  const transport = all.find((entry) => entry.type === "transport" && entry.selectedCandidatePairId);
  const pair =
    by(transport?.selectedCandidatePairId) ??
    all.find((entry) => entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded");
  const ends = [by(pair?.localCandidateId), by(pair?.remoteCandidateId)];
  return ends.some((end) => end?.candidateType === "relay") ? "relayed" : "direct";
}

/** What protects picture and sound of a direct call, as both browsers agreed on it: DTLS and its version, its cipher, that of SRTP. Null
 * where this browser does not say. */
export type Secured = {
  readonly version: string | null;
  readonly dtls: string | null;
  readonly srtp: string | null;
  /** Hosts that were asked for addresses. */
  readonly servers: readonly string[];
};

/** RFC 8446 and RFC 9147 count down. */
const DTLS_VERSIONS: Readonly<Record<string, string>> = { FEFF: "1.0", FEFD: "1.2", FEFC: "1.3" };

/** Reads it from the browser's figures. */
export function securedOf(
  report: RTCStatsReport | ReadonlyMap<string, Figures>,
  ice: readonly { readonly urls: string }[],
): Secured {
  const all = [...(report as ReadonlyMap<string, Figures>).values()];
  const transport = all.find((entry) => entry.type === "transport" && entry.dtlsState === "connected");
  const said = (value: unknown) => (typeof value === "string" && value !== "" ? value.slice(0, 80) : null);
  const version = said(transport?.tlsVersion)?.toUpperCase();
  const hostOf = (url: string) => /^(?:stuns?|turns?):([^?]+)/.exec(url)?.[1];
  return {
    version: (version && DTLS_VERSIONS[version]) ?? null,
    dtls: said(transport?.dtlsCipher),
    srtp: said(transport?.srtpCipher),
    servers: [...new Set(ice.flatMap(({ urls }) => hostOf(urls) ?? []))],
  };
}
