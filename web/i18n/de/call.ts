/** Texts of the client's page and the call room. Both entries carry them; nothing of the dashboard belongs here. */

/** Keeps words that belong together on one line. */
const NEAR = "\u00a0";

export const call = {
  join: "Beitreten",
  joinAgain: "Noch einmal beitreten",
  bringHere: "Hierher holen",
  minutes: (count: number) => `${count} min`,
  you: "Sie",
  therapist: "Ihre Therapeut:in",

  client: {
    title: "Videogespräch",
    lead: "Gleich sehen und hören Sie sich. Sie brauchen dafür kein Konto und kein Programm.",
    name: "Ihr Name",
    nameHint: "Man sieht ihn nur in diesem Anruf. In einer Gruppe sehen ihn alle.",
    hide: "Meine Adresse verbergen",
    hideHint: "Der Anruf geht dann über den Server der Praxis statt direkt; verschlüsselt ist er genauso.",
    sealed: "Ende-zu-Ende-verschlüsselt · kein Konto · keine Aufzeichnung",
    preview: "So sieht man Sie",
    previewOff: "Wenn Sie beitreten, fragt der Browser nach Kamera und Mikrofon. Bitte erlauben Sie beides.",
    notOpenYet:
      "Der Raum ist noch nicht geöffnet. Sie können schon beitreten, dann wartet diese Seite für Sie.",
    exposed:
      "Dieser Link wurde unterwegs von einem Programm verändert. Der Anruf geht trotzdem. Bitten Sie Ihre Therapeut:in danach um einen neuen Link.",
  },

  check: {
    start: "Kamera und Mikrofon prüfen",
    page: "Technik-Check, auch Tage vorher",
    loading: "Der Technik-Check wird geladen",
    without: "Ohne Kamera teilnehmen",
    unseen: "Man hört Sie, man sieht Sie nicht.",
  },

  planned: {
    at: (day: string, time: string) => `Ihr Termin: ${day}, ${time}${NEAR}Uhr (Ihre${NEAR}Ortszeit)`,
    door: "Der Raum öffnet zu Ihrem Termin. Sie können schon beitreten, dann wartet diese Seite für Sie.",
    waitTitle: "Sie sind da, wir warten auf Ihren Termin",
    therapist: "Ich bin die Therapeut:in",
    ownTitle: "Das ist der Link einer Ihrer Klient:innen",
    own: "Sie sind als Therapeut:in angemeldet.",
    startNow: "Jetzt starten",
    enterNow: "Zum offenen Anruf",
    asClient: "So sieht es Ihre Klient:in",
  },

  code: {
    title: "Mit Zugangs-Code beitreten",
    lead: "Beide Codes haben Sie von Ihrer Therapeut:in bekommen. Sie brauchen kein Konto und kein Programm.",
    user: "TherapeutInnen-Code",
    userHint: "Der Benutzername Ihrer Therapeut:in.",
    code: "Zugangs-Code",
    codeHint: "Groß oder klein, mit oder ohne Bindestriche: das ist gleich.",
    userMissing: "Bitte geben Sie den TherapeutInnen-Code ein.",
    userForm:
      "So sieht kein TherapeutInnen-Code aus: er hat 3 bis 32 Buchstaben, Ziffern, Punkte oder Bindestriche.",
    userUnknown: "Diesen TherapeutInnen-Code gibt es nicht. Bitte prüfen Sie ihn.",
    codeMissing: "Bitte geben Sie den Zugangs-Code ein.",
    codeLong: "So lang ist kein Zugangs-Code. Bitte prüfen Sie ihn.",
    wrong: (left: number) =>
      `Der Zugangs-Code stimmt nicht, oder Ihr Raum ist noch nicht offen. ${left === 1 ? "Sie haben noch einen Versuch." : `Sie haben noch ${left} Versuche.`}`,
    wrongLast:
      "Der Zugangs-Code stimmt nicht, oder Ihr Raum ist noch nicht offen. Fragen Sie am besten auf dem gewohnten Weg nach.",
    again: (time: string) => `Der nächste Versuch geht um ${time}.`,
    slow: "Von Ihrem Anschluss kamen gerade zu viele Versuche. Bitte warten Sie zehn Minuten.",
  },

  ownLink: {
    title: "Ihr persönlicher Link",
    text: "Er gilt für alle Termine, ohne Code. Kopieren Sie ihn an einen sicheren Ort oder öffnen Sie ihn nach dem Gespräch und legen Sie ein Lesezeichen an.",
    copy: "Link kopieren",
    close: "Schließen",
    offerTitle: (name: string) => `${name} ist mit dem Code gekommen`,
    offer: "Mit dem persönlichen Link geht es das nächste Mal ohne Code. Er wird verschlüsselt übergeben.",
    give: "Link übergeben",
    later: "Jetzt nicht",
    given: "Der Link ist übergeben.",
  },

  wait: {
    doorTitle: "Sie sind zu früh, und das ist gut",
    door: "Ihre Therapeut:in hat den Raum noch nicht geöffnet. Lassen Sie diese Seite offen: der Anruf beginnt von selbst.",
    hostTitle: "Gleich geht es los",
    host: "Der Raum ist offen, Ihre Therapeut:in ist noch nicht an ihrem Platz. Der Anruf beginnt von selbst.",
    provingTitle: "Die Verbindung wird geprüft",
    proving: "Ihr Browser vergewissert sich, dass am anderen Ende wirklich Ihre Therapeut:in ist.",
    unanswered:
      "Am anderen Ende antwortet gerade niemand. Lassen Sie diese Seite offen, sie versucht es weiter; oder fragen Sie auf dem gewohnten Weg nach.",
    waitingTitle: "Ihre Therapeut:in weiß, dass Sie da sind",
    waiting: "Sie werden gleich hereingelassen. Bitte lassen Sie diese Seite offen.",
    away: "Die Verbindung zum Server ist gerade weg. Sie kommt von selbst wieder, Sie müssen nichts tun.",
    unproven:
      "Am anderen Ende war nicht sicher Ihre Therapeut:in, darum wurde nichts übertragen. Diese Seite versucht es weiter. Bleibt es so, bitten Sie um einen neuen Link.",
    leave: "Nicht mehr warten",
  },

  over: {
    endedTitle: "Der Anruf ist zu Ende",
    ended: "Ihre Therapeut:in hat aufgelegt. Was Sie besprochen haben, ist nirgends gespeichert.",
    leftTitle: "Sie haben aufgelegt",
    left: "Solange der Raum offen ist, kommen Sie mit demselben Link wieder hinein.",
    closedTitle: "Der Raum ist geschlossen",
    closed: "Ihr Link bleibt gültig: beim nächsten Termin öffnen Sie ihn wieder.",
    movedTitle: "Der Anruf läuft in einem anderen Fenster",
    moved:
      "Derselbe Link wurde noch einmal geöffnet, hier oder auf einem anderen Gerät. Sie können ihn hierher holen.",
    refusedTitle: "Gerade nicht",
    refused: "Ihre Therapeut:in hat Sie jetzt nicht hereingelassen. Fragen Sie auf dem gewohnten Weg nach.",
    declinedTitle: "Danke für Ihre Antwort",
    declined:
      "Ohne Einwilligung beginnt in dieser Praxis kein Videogespräch. Ihre Therapeut:in weiß Bescheid. Sprechen Sie auf dem gewohnten Weg darüber; der Link bleibt gültig.",
    removedTitle: "Ihre Therapeut:in hat den Anruf für Sie beendet",
    removed: "Fragen Sie auf dem gewohnten Weg nach, wenn Sie wissen möchten, warum.",
    therapistTitle: "Aufgelegt",
    therapist: "Der Anruf ist für alle zu Ende. Der Raum bleibt bis zum Ablauf der zwei Stunden offen.",
    roomClosed: "Der Raum wurde geschlossen. Der Link der Klient:in bleibt gültig.",
    minutes: (count: number) =>
      count === 1 ? "Sie waren 1 Minute verbunden." : `Sie waren ${count} Minuten verbunden.`,
    desk: "Zur Übersicht",
  },

  stop: {
    noneTitle: "Hier fehlt der Link",
    none: "Öffnen Sie bitte den Link, den Sie von Ihrer Therapeut:in bekommen haben, und zwar ganz.",
    cutTitle: "Der Link ist abgeschnitten",
    cut: "Am Ende fehlt etwas, oft nach einem Zeilenumbruch in der Mail. Kopieren Sie den ganzen Link oder bitten Sie, ihn neu zu schicken.",
    garbageTitle: "Dieser Link stimmt nicht",
    garbage: "Er ist unterwegs verändert worden. Bitten Sie Ihre Therapeut:in, ihn neu zu schicken.",
    versionTitle: "Diese Seite ist zu alt",
    version: "Bitte laden Sie sie neu. Der Link ist in Ordnung.",
    linkTitle: "Diesen Link gibt es nicht mehr",
    link: "Ihre Therapeut:in hat ihn wohl durch einen neuen ersetzt. Bitten Sie um den aktuellen Link.",
    pausedTitle: "Die Praxis ist hier gerade nicht erreichbar",
    paused:
      "An Ihnen, Ihrem Gerät und Ihrem Link liegt es nicht. Bitte melden Sie sich auf einem anderen Weg bei Ihrer Therapeut:in, etwa am Telefon.",
    sessionTitle: "Sie sind nicht mehr angemeldet",
    session: "Bitte melden Sie sich neu an. Ein laufender Anruf geht danach weiter.",
    otherTitle: "Der Server nimmt diese Seite nicht an",
    other: "Bitte laden Sie die Seite neu. Bleibt es so, sagen Sie es der Praxis.",
    reload: "Neu laden",
    logIn: "Anmelden",
  },

  room: {
    remote: (name: string) => `Bild von ${name}`,
    self: "Eigenes Bild",
    mute: "Mikrofon ausschalten",
    unmute: "Mikrofon einschalten",
    cameraOff: "Kamera ausschalten",
    cameraOn: "Kamera einschalten",
    hangUp: "Auflegen",
    settings: "Kamera, Mikrofon, Bildschirm",
    cameras: "Kamera",
    microphones: "Mikrofon",
    speakers: "Lautsprecher",
    shareScreen: "Bildschirm teilen",
    stopScreen: "Bildschirm nicht mehr teilen",
    sharing: "Ihr Bildschirm wird geteilt. Ihre Kamera sieht man solange nicht.",
    device: (number: number) => `Gerät ${number}`,
    muted: "Sie sind stumm",
    otherMuted: (name: string) => `${name}: Mikrofon aus`,
    otherNoPicture: (name: string) => `${name}: Kamera aus`,
    otherScreen: (name: string) => `${name} teilt den Bildschirm`,
    clock: "Dauer des Anrufs",
    sound: "Ton einschalten",
  },

  group: {
    title: (others: number) =>
      others === 1 ? "Gespräch zu zweit" : `Gruppe mit ${others} weiteren Personen`,
    door: (others: number) =>
      others === 1
        ? "Gruppensitzung mit 1 weiteren Person"
        : `Gruppensitzung mit ${others} weiteren Personen`,
    doorText:
      "Die anderen sehen und hören Sie, sobald Sie beitreten. Man sieht Sie unter dem Namen, den Sie eingegeben haben.",
    person: (slot: number) => `Person ${slot + 1}`,
    alone: "Noch ist niemand da",
    hand: "Hand heben",
    handDown: "Hand senken",
    handUp: "Hand gehoben",
    muted: "Mikrofon aus",
    weak: "Verbindung schwach",
    weakOwn: "Ihre Verbindung ist schwach: der Ton geht vor",
    lost: "Die Verbindung war weg und kommt von selbst wieder",
    silentTitle: "Ihre Therapeut:in ist gerade nicht verbunden",
    silent:
      "Ihre Therapeut:in ist gerade nicht verbunden. Man hört Sie solange nicht; es geht von selbst weiter.",
    acts: (name: string) => `Mehr zu ${name}`,
    mute: "Mikrofon ausschalten",
    remove: "Aus dem Gespräch nehmen",
    removeTitle: (name: string) => `${name} aus dem Gespräch nehmen?`,
    removeText: "Wieder herein kommt diese Person nur, wenn Sie sie einlassen.",
  },

  chat: {
    onItsWay: "Unterwegs",
    lost: "Nicht angekommen. Bitte schreiben Sie es noch einmal.",
    button: "Chat",
    unread: (count: number) => (count === 1 ? "Chat: 1 neue Nachricht" : `Chat: ${count} neue Nachrichten`),
    title: "Chat",
    close: "Chat schließen",
    log: "Nachrichten",
    hint: "Nur wer in diesem Gespräch ist, liest das. Nach dem Anruf ist nichts davon gespeichert.",
    field: "Nachricht",
    send: "Senden",
    file: "Datei senden, bis 20 MB",
    away: "Gerade geht nichts durch. Was Sie schreiben, wird gesendet, sobald die Verbindung steht.",
    long: (count: number) =>
      `Das sind ${count.toLocaleString("de")} Zeichen, es gehen höchstens 4.000 auf einmal. Bitte senden Sie den Text in Teilen.`,
    tooMany:
      "Es warten schon viele Nachrichten auf die Verbindung. Bitte senden Sie diese später noch einmal.",
    large: "Die Datei ist zu groß: es gehen höchstens 20 MB.",
    busy: "Es ist noch eine Datei unterwegs. Bitte warten Sie, bis sie angekommen ist.",
    unreadable: "Diese Datei lässt sich nicht lesen.",
    stop: "Abbrechen",
    stopFile: (name: string) => `${name} abbrechen`,
    stopped: "Abgebrochen",
    broken: "Die Datei kam nicht ganz an und wurde verworfen. Bitten Sie darum, sie noch einmal zu senden.",
    brokenMine: "Die Datei kam nicht ganz an. Bitte senden Sie sie noch einmal.",
    arrived: "Angekommen",
    save: "Speichern",
    saveFile: (name: string) => `${name} speichern`,
    kilobytes: (count: number) => `${count} KB`,
    megabytes: (count: number) => `${count.toLocaleString("de")} MB`,
  },

  line: {
    connecting: "Die Verbindung wird aufgebaut",
    slow: "Die Verbindung kommt noch nicht zustande. Es wird weiter versucht, Sie müssen nichts tun.",
    direct: "Direkt verbunden",
    relayed: "Über den eigenen Server verbunden",
    reconnecting: (seconds: number) => `Die Verbindung war weg und kommt von selbst wieder · ${seconds} s`,
    refused:
      "Die Verbindung führte nicht zur richtigen Gegenstelle und wurde beendet. Es wurde nichts übertragen.",
  },

  able: {
    all: "Zu zweit geht es mit diesem Browser, solange der Anruf direkt läuft. Für eine Gruppe, oder über den Server der Praxis, nehmen Sie bitte eine aktuelle Version von Firefox, Chrome, Edge oder Safari.",
    pictures:
      "In einer Gruppe gibt es mit diesem Browser nur Ton: man hört Sie und Sie hören die anderen. Mit Bild geht es in einer aktuellen Version von Firefox, Chrome, Edge oder Safari.",
    unseen:
      "In einer Gruppe sieht man Sie mit diesem Browser nicht. Sie sehen die anderen, und man hört Sie. Mit Ihrem Bild geht es in einer aktuellen Version von Firefox, Chrome, Edge oder Safari.",
    unseeing:
      "In einer Gruppe sehen Sie die anderen mit diesem Browser nicht. Man sieht und hört Sie, und Sie hören alle. Mit allen Bildern geht es in einer aktuellen Version von Firefox, Chrome, Edge oder Safari.",
  },

  missing: {
    microphone: {
      blocked:
        "Ihr Mikrofon ist im Browser gesperrt: man hört Sie nicht. Erlauben Sie es über das Zeichen neben der Adresse.",
      none: "Es ist kein Mikrofon angeschlossen: man hört Sie nicht.",
      busy: "Ihr Mikrofon wird von einem anderen Programm benutzt oder wurde abgezogen: man hört Sie nicht.",
      insecure:
        "Über diese unsichere Adresse gibt der Browser das Mikrofon nicht frei. Öffnen Sie die Seite mit https.",
      failed: "Ihr Mikrofon lässt sich nicht öffnen: man hört Sie nicht.",
    },
    camera: {
      blocked:
        "Ihre Kamera ist im Browser gesperrt: man sieht Sie nicht. Erlauben Sie sie über das Zeichen neben der Adresse.",
      none: "Es ist keine Kamera angeschlossen. Man hört Sie trotzdem.",
      busy: "Ihre Kamera wird von einem anderen Programm benutzt oder wurde abgezogen. Man hört Sie trotzdem.",
      insecure:
        "Über diese unsichere Adresse gibt der Browser die Kamera nicht frei. Öffnen Sie die Seite mit https.",
      failed: "Ihre Kamera lässt sich nicht öffnen. Man hört Sie trotzdem.",
    },
    retry: "Noch einmal versuchen",
  },

  host: {
    alone: (name: string) => `${name} ist noch nicht da`,
    aloneHint: "Sobald der Link geöffnet wird, beginnt der Anruf von selbst.",
    newDevice: "neues Gerät",
    knownDevice: "gleiches Gerät wie zuletzt",
    typed: (label: string) => `nennt sich „${label}“`,
    asksTitle: (name: string) => `${name} klopft`,
    asksAnewTitle: (name: string) => `${name} klopft von einem neuen Gerät`,
    asks: "Sie lassen einzeln ein.",
    asksCode: "Mit dem Zugangs-Code, von einem neuen Gerät.",
    asksAnew: "Der Platz ist besetzt. Einlassen beendet die andere Verbindung.",
    admit: "Einlassen",
    refuse: "Nicht einlassen",
    elsewhereTitle: "Ihre Praxis ist auf einer anderen Seite im Anruf",
    elsewhere: "Ein Anruf läuft immer nur an einem Ort. Sie können ihn hierher holen.",
    unknownTitle: "Dieser Raum ist nicht mehr offen",
    unknown: "Er wurde geschlossen oder die zwei Stunden sind um. Auf der Übersicht starten Sie einen neuen.",
    finding: "Der Raum wird geöffnet",
  },

  words: {
    button: "Vier Wörter",
    how: "Lesen Sie die Wörter einander vor, während Sie sich sehen; eine Stimme allein lässt sich nachahmen. Sind es auf beiden Seiten dieselben, hört niemand dazwischen mit.",
    same: "Stimmt überein",
    differ: "Stimmt nicht",
    newDevice: "neues Gerät: bitte vergleichen",
    knownDevice: "gleiches Gerät wie zuletzt",
    comparedDevice: "gleiches Gerät wie zuletzt, die Wörter stimmten überein",
    found: "Verglichen: die Wörter stimmen überein.",
    otherFound: (name: string) => `${name} sagt: stimmt überein. Es gilt, was Sie selbst sehen und hören.`,
    differsTitle: "Die vier Wörter stimmen nicht überein",
    differs:
      "Vielleicht hört jemand dazwischen mit. Sagen Sie nichts Vertrauliches, legen Sie auf, und verabreden Sie sich auf einem anderen Weg.",
    hangUp: "Auflegen",
  },

  waiting: {
    badge: (count: number) => (count === 1 ? "1 Person wartet" : `${count} Personen warten`),
    title: "Warteraum",
    text: "Wer wartet, sieht und hört nichts von diesem Anruf und nichts voneinander.",
    empty: "Gerade wartet niemand.",
    elsewhere: "wartet auf einen anderen Anruf",
    answers: (name: string) => `Antworten an ${name}`,
    admit: (name: string) => `${name} einlassen`,
    refuse: (name: string) => `${name} nicht einlassen`,
    sent: (text: string) => `Gesendet: „${text}“`,
  },

  note: {
    soon: "Komme in 2 Minuten",
    moment: "Bitte noch 5 Minuten",
    nextTime: "Wir sehen uns zum nächsten Termin",
  },
  noteTitle: "Ihre Therapeut:in lässt ausrichten",
  noteHeard: {
    soon: "Ich komme in 2 Minuten.",
    moment: "Bitte haben Sie noch 5 Minuten Geduld.",
    nextTime: "Heute wird es nichts mehr. Wir sehen uns zum nächsten Termin.",
  },
  noteThen: {
    soon: "Bitte lassen Sie diese Seite offen.",
    moment: "Bitte lassen Sie diese Seite offen.",
    nextTime: "Sie können diese Seite schließen. Ihr Link bleibt gültig.",
  },
};
