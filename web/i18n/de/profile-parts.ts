/** The parts of the profile. */
export const profileParts = {
  label: "Abschnitte des Profils",
  parts: {
    credit: "Guthaben",
    practice: "Meine Praxis",
    calls: "Im Anruf",
    view: "Anzeige",
    security: "Sicherheit",
    data: "Daten und Konto",
  },
};
