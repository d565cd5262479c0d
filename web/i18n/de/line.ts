/** German texts of how the line is and what happens while it is away. */
export const line = {
  good: "Gute Verbindung",
  weakMine: "Schwache Verbindung bei Ihnen: der Ton geht vor",
  weakTheirs: (name: string) => `${name}: schwache Verbindung, der Ton geht vor`,
  weakBoth: "Schwache Verbindung zwischen Ihnen: der Ton geht vor",
  myStill: "Ihr Bild ruht, damit man Sie weiter hört. Es kommt von selbst wieder.",
  theirStill: (name: string) => `${name}: das Bild ruht, damit der Ton bleibt`,
  lostTitle: "Verbindung unterbrochen",
  lostFor: (seconds: number) => `seit ${seconds} s`,
  lost: "Wir verbinden Sie wieder, bitte bleiben Sie.",
  lostLong: "Es wird weiter versucht. Niemand hat aufgelegt.",
  back: "Die Verbindung ist wieder da.",
  reachTitle: "Ihre Therapeut:in schreibt für diesen Fall",
  tonesOn: "Signaltöne einschalten",
  tonesOff: "Signaltöne ausschalten",
};
