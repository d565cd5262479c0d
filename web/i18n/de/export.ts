/** The file of all own data. */
export const exported = {
  title: "Meine Daten",
  lead: "Alles, was zu Ihrem Konto gehört, in einer Datei: Kartei mit Notizen und Links, Einstellungen, geplante Anrufe, angemeldete Geräte, Zugänge und alle Abrechnungen.",
  act: "Alle Daten herunterladen",
  warning:
    "Diese Datei ist nicht verschlüsselt. Wer sie hat, kann Namen, Notizen und Links lesen. Speichern Sie sie nur auf einem eigenen Gerät und löschen Sie sie, wenn Sie sie nicht mehr brauchen.",
  save: "Datei speichern",
  saved: "Die Datei ist gespeichert.",
  note: "Schlüssel und Passwörter sind nicht darin. Zum Umziehen von Klient:innen nehmen Sie die verschlüsselte Datei der Kartei.",
  fileName: (user: string, day: string) => `therapsy-${user}-${day}.json`,
};
