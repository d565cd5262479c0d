/** Texts about devices in the call: what is plugged and pulled, a microphone without sound, the sound of a shared tab. */
export const devices = {
  speaksMuted: "Sie sprechen gerade, aber Ihr Mikrofon ist aus: man hört Sie nicht.",
  unmute: "Jetzt einschalten",
  silent:
    "Ihr Mikrofon liefert keinen Ton: man hört Sie nicht. Vielleicht ist es am Kabel oder am Gerät ausgeschaltet, oder ein anderes im Menü links unten passt besser.",
  retry: "Noch einmal versuchen",
  gone: {
    microphone: (from: string, to: string) => `„${from}“ ist nicht mehr da. Man hört Sie jetzt über „${to}“.`,
    camera: (from: string, to: string) => `„${from}“ ist nicht mehr da. Man sieht Sie jetzt über „${to}“.`,
    speaker: (from: string) =>
      `„${from}“ ist nicht mehr da. Sie hören jetzt über das, was Ihr Gerät vorgibt.`,
    both: (from: string) =>
      `„${from}“ ist nicht mehr da. Sprechen und Hören gehen jetzt über das, was Ihr Gerät vorgibt.`,
  },
  refused: {
    microphone: (to: string) => `Dieses Mikrofon lässt sich nicht öffnen. Es bleibt bei „${to}“.`,
    camera: (to: string) => `Diese Kamera lässt sich nicht öffnen. Es bleibt bei „${to}“.`,
  },
  plugged: (name: string) => `„${name}“ ist jetzt angeschlossen.`,
  use: "Zum Sprechen und Hören verwenden",
  not: "Nein",
  read: "Verstanden",
  tabSound: "Ton des geteilten Tabs mitsenden",
  noTabSound:
    "Was Sie teilen, hat keinen Ton. Ton geht nur mit einem Tab, und nur wenn Sie ihn im Fenster des Browsers mit auswählen.",
  shares: "teilt den Bildschirm",
  soundAgain: "Ton wieder einschalten",
};
