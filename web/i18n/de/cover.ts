/** Texts of the page that stands before the call when somebody comes in, and of the way there. Nothing in them speaks of a call. */
export const cover = {
  title: "Notizen",
  back: "Weiter",
  shop: "Einkauf",
  bread: "Brot",
  milk: "Milch",
  apples: "Äpfel",
  soap: "Waschmittel",
  week: "Diese Woche",
  bike: "Fahrrad zur Werkstatt",
  plants: "Pflanzen gießen",
  books: "Bücher zurückbringen",
  field: "Neue Notiz",
  hintTitle: "Falls jemand hereinkommt",
  hint: "Ein Druck auf „Notizen“ am linken Rand oder auf die Taste Esc, und dieses Gespräch ist sofort weg: kein Bild, kein Ton, eine Seite mit Notizen. „Weiter“ bringt es zurück. Ihre Therapeut:in sieht, dass Sie gerade nicht allein sind.",
  hintTouch:
    "Ein Druck auf „Notizen“ am linken Rand, und dieses Gespräch ist sofort weg: kein Bild, kein Ton, eine Seite mit Notizen. „Weiter“ bringt es zurück. Ihre Therapeut:in sieht, dass Sie gerade nicht allein sind.",
  seen: "Verstanden",
  away: "Nicht allein: pausiert",
};
