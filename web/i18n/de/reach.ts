/** German texts of the profile's card for lines that stay away. */
export const reach = {
  title: "Wenn die Verbindung abreißt",
  lead: "Ihre Klient:in liest diesen Text, wenn ein Gespräch länger als 20 Sekunden unterbrochen ist. Er geht verschlüsselt mit dem Anruf mit; auf dem Server liegt er nie lesbar.",
  text: "Ihr Text",
  hint: "Zum Beispiel: Rufen Sie mich an, 01 234 56 78. Höchstens 300 Zeichen.",
  act: "Speichern",
  saved: "Der Text ist gespeichert.",
};
