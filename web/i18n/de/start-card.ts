/** The card at the start of a call, on both screens. */
export const startCard = {
  title: "Wer ist im Raum? Keine Aufnahme.",
  text: "Sagen Sie einander, wer mit im Raum ist. Niemand zeichnet das Gespräch auf.",
  read: "Gelesen",
};
