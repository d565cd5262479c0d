/** [R6] The page says "direct" only where no relay is in the chosen pair. */
import { expect, test } from "bun:test";
import { lineOf } from "./line.ts";

const report = (local: string, remote: string, chosen = "p1") =>
  new Map(
    [
      { id: "t", type: "transport", selectedCandidatePairId: chosen },
      { id: "p0", type: "candidate-pair", localCandidateId: "a", remoteCandidateId: "r", state: "succeeded" },
      { id: "p1", type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "m", state: "succeeded" },
      { id: "a", type: "local-candidate", candidateType: "host" },
      { id: "r", type: "remote-candidate", candidateType: "relay" },
      { id: "l", type: "local-candidate", candidateType: local },
      { id: "m", type: "remote-candidate", candidateType: remote },
    ].map((entry) => [entry.id, entry]),
  );

test("[R6] a pair of own addresses is direct, one relay on either side is not", () => {
  expect(lineOf(report("host", "srflx"))).toBe("direct");
  expect(lineOf(report("relay", "host"))).toBe("relayed");
  expect(lineOf(report("host", "relay"))).toBe("relayed");
});

test("the chosen pair counts, not the first one", () => {
  expect(lineOf(report("host", "host", "p0"))).toBe("relayed");
});
