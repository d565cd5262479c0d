/** Texts about the blurred background and noise that is taken away. Both entries carry them. */
export const refine = {
  title: "Bild und Ton",
  camera: "Hintergrund unscharf",
  microphone: "Geräusche mindern",
  where: "Beides geschieht auf diesem Gerät.",
  starting: "Ihr Hintergrund wird gleich unscharf. Bis dahin sieht man Sie nicht.",
  slow: {
    camera:
      "Ihr Gerät ist für den unscharfen Hintergrund zu langsam. Ihre Kamera ist jetzt aus, man hört Sie weiter.",
    microphone: "Ihr Gerät ist zu langsam, um Geräusche zu mindern. Man hört Sie weiter, jetzt ohne.",
  },
  failed: {
    camera:
      "Der Hintergrund lässt sich gerade nicht unscharf machen. Ihre Kamera ist aus, man hört Sie weiter.",
    microphone: "Geräusche lassen sich gerade nicht mindern. Man hört Sie weiter, jetzt ohne.",
  },
  showPlain: "Kamera ohne Unschärfe zeigen",
  stayDark: "Ohne Bild bleiben",
  read: "Verstanden",
};
