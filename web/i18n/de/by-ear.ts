/** The room by keyboard and by ear. */
const people = (names: string, count: number) => names || `${count} Personen`;

export const byEar = {
  keys: {
    title: "Tastenkürzel",
    text: "Eine Taste genügt, solange Sie nicht gerade etwas schreiben.",
    mic: "Mikrofon an oder aus",
    camera: "Kamera an oder aus",
    hand: "Hand heben oder senken",
    chat: "Chat öffnen oder schließen",
    screen: "Bildschirm teilen oder beenden",
    full: "Ganzer Bildschirm an oder aus",
    help: "Diese Übersicht",
    switch: "Tastenkürzel verwenden",
    switchHint: "Gilt für dieses Gerät.",
  },
  said: {
    joined: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "ist" : "sind"} jetzt dabei.`,
    left: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "ist" : "sind"} gegangen.`,
    mutes: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "ist" : "sind"} jetzt stumm.`,
    unmutes: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "ist" : "sind"} wieder zu hören.`,
    raises: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "hebt" : "heben"} die Hand.`,
    shares: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "zeigt" : "zeigen"} einen Bildschirm.`,
    stopsSharing: (names: string, count: number) =>
      `${people(names, count)} ${count === 1 ? "zeigt" : "zeigen"} keinen Bildschirm mehr.`,
    ownMuted: "Ihr Mikrofon ist aus.",
    ownUnmuted: "Ihr Mikrofon ist an.",
    ownSharing: "Sie teilen Ihren Bildschirm.",
    ownStopped: "Ihr Bildschirm wird nicht mehr geteilt.",
    unread: (count: number) => (count === 1 ? "1 neue Nachricht." : `${count} neue Nachrichten.`),
  },
};
