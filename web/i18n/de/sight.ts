/** German texts of what a person chooses to see of the room. */
export const sight = {
  menu: "Ansicht",
  people: "So sehen Sie die anderen",
  speaker: "Eine Person groß",
  grid: "Alle gleich groß",
  side: "Nebeneinander",
  eye: "Blickkontakt",
  picture: "Bild im kleinen Fenster",
  pictureOff: "Kleines Fenster schließen",
  full: "Ganzer Bildschirm",
  fullOff: "Ganzen Bildschirm verlassen",
  byKey: (what: string, key: string) => `${what} (Taste ${key})`,
  hideSelf: "Eigenes Bild ausblenden",
  showSelf: "Eigenes Bild zeigen",
  cameraOn: "Kamera an",
  cameraOff: "Kamera aus",
};
