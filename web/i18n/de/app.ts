/** Texts of the start page and of the therapist's pages. */
export const app = {
  nav: {
    login: "Anmelden",
    register: "Kostenlos registrieren",
    calls: "Anrufe",
    profile: "Profil",
    main: "Bereiche",
    imprint: "Impressum",
    privacy: "Datenschutz",
    terms: "Bedingungen",
    loading: "Wird geladen",
  },
  start: {
    title: "Videogespräche, die im Raum bleiben.",
    lead: "Für Psychotherapeut:innen und ihre Klient:innen: ohne App, ohne Konto für Klient:innen, auf dem eigenen Server.",
    one: {
      title: "Ein Link, für immer",
      text: "Jede Klient:in bekommt einmal einen Link. Er gilt für alle Termine.",
    },
    two: {
      title: "Nur Sie beide",
      text: "Bild und Ton sind Ende-zu-Ende-verschlüsselt. Der Server kann nicht zusehen.",
    },
    three: {
      title: "Keine Dritten",
      text: "Keine fremden Dienste, keine Werbung, keine Aufzeichnung. Nirgends.",
    },
  },
};
