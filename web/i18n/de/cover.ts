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
  hint: "„Notizen“ am linken Rand oder die Taste Esc: sofort kein Bild und kein Ton, nur eine Seite mit Notizen. „Weiter“ bringt das Gespräch zurück. Ihre Therapeut:in sieht, dass Sie nicht allein sind.",
  hintTouch:
    "„Notizen“ am linken Rand: sofort kein Bild und kein Ton, nur eine Seite mit Notizen. „Weiter“ bringt das Gespräch zurück. Ihre Therapeut:in sieht, dass Sie nicht allein sind.",
  seen: "Verstanden",
  away: "Nicht allein: pausiert",
};
