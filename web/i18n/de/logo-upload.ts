/** Choosing, uploading and removing the practice's logo. */
/** Keeps a number and its unit on one line. */
const NEAR = "\u00a0";

export const logoUpload = {
  title: "Praxislogo",
  none: "Ihre Klient:innen sehen Ihr Logo schon, während sie warten, und im Anruf links oben.",
  shown: (width: number, height: number) =>
    `${width}${NEAR}×${NEAR}${height}${NEAR}Pixel. Im Anruf erscheint es links oben.`,
  away: "Ihr Logo lässt sich gerade nicht laden. Ihre Klient:innen sehen dann keines.",
  missing: "Das Bild fehlt auf dem Server. Bitte laden Sie es noch einmal hoch.",
  upload: "Praxislogo hochladen",
  replace: "Anderes Praxislogo hochladen",
  remove: "Praxislogo entfernen",
  removed: "Das Praxislogo ist entfernt.",
  uploaded: "Das Praxislogo ist hochgeladen.",
  removeText:
    "Ihre Klient:innen sehen beim nächsten Besuch kein Logo mehr. Sie können jederzeit ein neues hochladen.",
  removeAct: "Entfernen",
  dialogText: `PNG, JPEG, WebP oder GIF, höchstens 20${NEAR}MB. Das Bild wird verschlüsselt gespeichert; nur Ihre Klient:innen und Sie sehen es.`,
  choose: "Bild auswählen",
  chooseOther: "Anderes Bild auswählen",
  act: "Hochladen",
  working: "Das Bild wird vorbereitet",
  first: "Bitte wählen Sie zuerst ein Bild aus.",
  preview: "So sieht Ihr Logo aus",
  onLight: "Auf hellem Grund: vor dem Anruf",
  onDark: "Auf dunklem Grund: im Anruf",
  size: (width: number, height: number) =>
    `${width}${NEAR}×${NEAR}${height}${NEAR}Pixel: So groß erscheint es, höchstens aber auf einem Drittel von Breite und Höhe des Fensters.`,
  smaller: (width: number, height: number) =>
    `Auf ${width}${NEAR}×${NEAR}${height}${NEAR}Pixel verkleinert. Es erscheint höchstens auf einem Drittel von Breite und Höhe des Fensters.`,
  plate: "Weißer Grund hinter dem Logo",
  plateHint:
    "Ihr Bild hat durchsichtige Stellen. Mit weißem Grund bleibt es auch im dunklen Anruf gut zu sehen.",
  fault: {
    large: `Diese Datei ist größer als 20${NEAR}MB. Bitte wählen Sie eine kleinere.`,
    empty: "Diese Datei ist leer. Bitte wählen Sie eine andere.",
    svg: "SVG-Dateien sind nicht möglich, denn sie können Programme enthalten. Bitte speichern Sie Ihr Logo als PNG.",
    kind: "Das ist kein Bild, das wir lesen können. Möglich sind PNG, JPEG, WebP und GIF, auch wenn der Dateiname anders endet.",
    pixels: `Dieses Bild hat mehr als 40${NEAR}Millionen Bildpunkte. Bitte verkleinern Sie es und wählen Sie es noch einmal.`,
    broken:
      "Dieses Bild ist beschädigt und lässt sich nicht öffnen. Bitte speichern Sie es neu oder wählen Sie ein anderes.",
  },
};
