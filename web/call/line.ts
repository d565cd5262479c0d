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
