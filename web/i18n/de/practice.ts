/** Who the practice is: typed in the profile, read by its clients before a call. */
export const practice = {
  title: "Praxis und Impressum",
  lead: "Ihre Klient:innen sehen diese Angaben vor dem Anruf und im Warteraum. Auf dem Server liegen sie nur verschlüsselt.",
  name: "Name der Praxis",
  address: "Anschrift",
  phone: "Telefon",
  email: "E-Mail",
  emailWrong: "Das sieht nicht wie eine E-Mail-Adresse aus. Sie können das Feld auch leer lassen.",
  more: "Weitere Angaben",
  moreHint: "Zum Beispiel Berufsbezeichnung und zuständige Kammer, höchstens 150 Zeichen.",
  act: "Speichern",
  saved: "Die Angaben sind gespeichert.",
  of: "Angaben zur Praxis",
};
