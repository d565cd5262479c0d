/** What the report says around the rules, once for both its forms. */
import type { Proof, Verdict } from "./judge.ts";

export type About = {
  /** "26. November 2026, 08:15". */
  readonly at: string;
  readonly version: string;
  /** The commit, null where the source is no clone. */
  readonly commit: string | null;
  /** Files differ from that commit. */
  readonly isChanged: boolean;
  readonly browser: boolean;
};

export const TITLE = "Prüfbericht: Regeln für Videosprechstunden";
export const NOT_CERTIFIED = [
  "Dieser Bericht ist keine Zertifizierung. Zertifiziert für die Videosprechstunde werden Betreiber, nicht Programme: ein Programm kann sich nicht selbst bescheinigen, dass es Regeln einhält.",
  "Er zeigt, was dieses Programm von den Regeln des Fachs selbst einhalten kann und welche Tests das an diesem Stand geprüft haben. Verträge, das Verzeichnis der Verarbeitungstätigkeiten, der Ort des Servers und die Zertifizierung selbst sind Sache des Betreibers.",
  "Die Regeln sind in eigenen Worten wiedergegeben; maßgeblich ist der Wortlaut der geltenden Vereinbarungen und Richtlinien.",
];
export const HOW =
  "Eine Regel gilt nur dann als erfüllt, wenn mindestens ein Test sie nennt und jeder Test, der sie nennt, an diesem Stand bestanden hat. Nicht geprüft zählt wie nicht erfüllt.";

export const STATES: Readonly<Record<Proof["state"], string>> = {
  passed: "bestanden",
  failed: "nicht bestanden",
  skipped: "übersprungen",
  unchecked: "nicht geprüft (kein Browser)",
  missing: "nicht gelaufen",
};

export const verdictWord = ({ isKept }: Verdict) => (isKept ? "erfüllt" : "nicht erfüllt");

/** Why a rule is not kept, in one sentence; empty where it is. */
export function whyNot({ isKept, proofs }: Verdict): string {
  if (isKept) return "";
  if (proofs.length === 0) return "Kein Test nennt diese Regel.";
  const bad = proofs.filter(({ state }) => state !== "passed");
  const words = [...new Set(bad.map(({ state }) => STATES[state]))].join(", ");
  return `${bad.length} von ${proofs.length} Tests: ${words}.`;
}

export const sumOf = (verdicts: readonly Verdict[]) =>
  `${verdicts.filter(({ isKept }) => isKept).length} von ${verdicts.length} Regeln erfüllt`;

/** Term and meaning. */
export function factsOf({ at, version, commit, isChanged, browser }: About): (readonly [string, string])[] {
  const state =
    commit === null ? "unbekannt" : `${commit}${isChanged ? ", mit Änderungen, die darin nicht stehen" : ""}`;
  return [
    ["Geprüft am", at],
    ["Fassung", version],
    ["Stand des Quelltexts", state],
    [
      "Geprüft mit",
      browser
        ? "Tests ohne und mit echtem Browser"
        : "Tests ohne Browser; was einen braucht, ist nicht geprüft",
    ],
  ];
}
