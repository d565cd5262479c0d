/** German texts of a restart of the server: what happens, and what it means for whoever reads it. */
export const restart = {
  now: "Der Server wird kurz neu gestartet.",
  by: (time: string) => `Der Server wird kurz neu gestartet, spätestens um ${time} Uhr.`,
  direct: "Ihr Gespräch läuft weiter.",
  relayed: "Falls Bild und Ton dabei aussetzen, kommen sie von selbst wieder.",
  alone: "Neue Anrufe beginnen danach, von selbst.",
  outside: "Sie kommen danach von selbst herein, bitte bleiben Sie.",
};
