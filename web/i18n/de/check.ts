/** Texts of the check before a call: devices, connection, and pages that were opened inside another app. */
export const check = {
  title: "Technik-Check",
  lead: "Auch Tage vorher: hier sehen Sie, ob Kamera, Mikrofon, Lautsprecher und Verbindung bereit sind. Dafür brauchen Sie weder Konto noch Termin, und nichts davon wird aufgezeichnet.",
  back: "Zurück",

  devices: {
    title: "Kamera, Mikrofon, Lautsprecher",
    start: "Kamera und Mikrofon prüfen",
    before: "Der Browser fragt dann nach Kamera und Mikrofon. Bitte erlauben Sie beides.",
    opening: "Warten auf Kamera und Mikrofon …",
    preview: "So sieht man Sie",
    camera: "Kamera",
    without: "Ohne Kamera",
    withoutHint: "Ohne Bild",
    microphone: "Mikrofon",
    speaker: "Lautsprecher",
    own: "Wie im System eingestellt",
    none: "Nicht gefunden",
    device: (number: number) => `Gerät ${number}`,
    level: "Lautstärke Ihres Mikrofons",
    speak: "Sprechen Sie: der Balken bewegt sich.",
    heard: "Ihr Mikrofon hört Sie.",
    tone: "Testton spielen",
    toneHint:
      "Sie sollten zwei Töne hören. Wenn nicht, stellen Sie den Ton lauter oder wählen Sie einen anderen Lautsprecher.",
    toneAgain:
      "Haben Sie zwei Töne gehört? Wenn nicht, stellen Sie den Ton lauter oder wählen Sie einen anderen Lautsprecher.",
    toneFailed: "Der Ton ließ sich nicht spielen. Bitte drücken Sie noch einmal.",
  },

  ways: {
    title: "Verbindung",
    again: "Noch einmal prüfen",
    waiting: "noch nicht geprüft",
    trying: "wird geprüft …",
    good: (ms: number) => `bereit · Antwort nach ${ms} ms`,
    skip: "wird nicht gebraucht",
    none: "geht hier nicht",
    direct: {
      name: "Direkter Weg",
      good: "Zu zweit geht das Gespräch damit meist direkt von Gerät zu Gerät. Es kommt dafür auch auf den Anschluss der anderen Person an; sonst geht es über den eigenen Server.",
      skip: "Dieser Server bietet die Prüfung nicht an. Gespräche gehen sonst über den eigenen Server.",
      none: "Ihr Netz lässt ihn nicht durch. Gespräche gehen über den eigenen Server, genauso verschlüsselt.",
    },
    quic: {
      name: "Über den eigenen Server, schneller Weg",
      good: "Für Gruppen, und wo der direkte Weg fehlt.",
      skipBrowser: "Dieser Browser nimmt den einfachen Weg darunter. Das genügt.",
      skipServer: "Dieser Server bietet ihn nicht an. Der einfache Weg darunter genügt.",
      none: "Ihr Netz lässt ihn nicht durch. Gespräche gehen über den eigenen Server auf dem einfachen Weg darunter.",
    },
    socket: {
      name: "Über den eigenen Server, einfacher Weg",
      good: "Geht fast überall durch, wie eine Webseite.",
      none: "Ohne ihn kommt kein Gespräch zustande.",
    },
  },

  verdict: {
    quiet: "Die Verbindung wird geprüft",
    good: "Alles bereit",
    look: "Das geht",
    loss: "So geht es noch nicht",
    running: "Das dauert nur ein paar Sekunden.",
    all: "Kamera, Mikrofon und Verbindung stehen. Sie können dem Gespräch ruhig entgegensehen.",
    line: "Die Verbindung steht. Prüfen Sie jetzt noch Kamera und Mikrofon.",
    own: "Mit einem Umweg: Gespräche gehen über den eigenen Server, genauso verschlüsselt.",
    sockets:
      "Zu zweit meist direkt; sonst gehen Gespräche über den eigenen Server auf dem einfachen Weg. Bei schwachem Netz kann das Bild öfter stocken.",
    camera: "Ohne Ihr Bild: man hört Sie, man sieht Sie nicht.",
    microphone: "Ihr Mikrofon fehlt, man würde Sie nicht hören. Unten steht, was dagegen hilft.",
    socket:
      "Ihr Netz lässt keine Gespräche durch. Versuchen Sie es in einem anderen Netz, zum Beispiel über das Mobilfunknetz Ihres Telefons, oder schalten Sie VPN und Filterprogramme aus.",
    away: "Der Server antwortet nicht. Prüfen Sie Ihre Internetverbindung, und versuchen Sie es gleich noch einmal.",
    often: "Von hier wurde gerade oft geprüft. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
  },

  inApp: {
    title: (app: string) => `Diese Seite ist in ${app} geöffnet`,
    titleNameless: "Diese Seite ist in einer anderen App geöffnet",
    text: (browser: string) =>
      `Dort gibt es oft weder Kamera noch Mikrofon. Sicher geht es in ${browser}. Versuchen können Sie es trotzdem.`,
    open: (browser: string) => `In ${browser} öffnen`,
    ios: {
      menu: "Tippen Sie am Rand dieser Seite auf die drei Punkte, das Teilen-Zeichen oder den Kompass.",
      choose: "Wählen Sie „In Safari öffnen“ oder „Im Browser öffnen“.",
      paste:
        "Steht das nicht da, kopieren Sie den Link, öffnen Sie Safari, und setzen Sie ihn oben in die Adresszeile ein.",
    },
    android: {
      menu: "Tippen Sie oben rechts auf die drei Punkte.",
      choose: "Wählen Sie „In Chrome öffnen“ oder „Im Browser öffnen“.",
      paste:
        "Steht das nicht da, kopieren Sie den Link, öffnen Sie Chrome, und setzen Sie ihn oben in die Adresszeile ein.",
    },
    copy: "Link kopieren",
    qr: "Dieser Link als QR-Code",
    other: "Oder öffnen Sie ihn auf einem anderen Gerät: halten Sie dessen Kamera auf dieses Bild.",
  },
};
