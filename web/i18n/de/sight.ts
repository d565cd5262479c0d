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
  full: "Ganzer Bildschirm (Taste F)",
  fullOff: "Ganzen Bildschirm verlassen (Taste F)",
  hideSelf: "Eigenes Bild ausblenden",
  showSelf: "Eigenes Bild zeigen",
  cameraOn: "Kamera an",
  cameraOff: "Kamera aus",
};
