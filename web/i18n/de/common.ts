/** Words that every page shares, also the client's. */
export const common = {
  product: "TheraPsy Connect",
  close: "Schließen",
  cancel: "Abbrechen",
  back: "Zurück",
  copy: "Kopieren",
  copied: "Kopiert",
  copyFailed: "Kopieren ging nicht. Bitte markieren Sie den Text und kopieren Sie ihn von Hand.",
  show: "Anzeigen",
  hide: "Verbergen",
  busy: "Einen Moment …",
  optional: "freiwillig",
  language: "Sprache",
  notices: "Meldungen",
  dismiss: "Meldung schließen",
  skip: "Zum Inhalt",
  cut: {
    title: "Hier ist etwas nicht angekommen",
    text: "Die Verbindung war gerade weg. Laden Sie die Seite bitte neu; es geht dabei nichts verloren.",
    again: "Neu laden",
  },
};
