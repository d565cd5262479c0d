/** The rules of the field that software can keep, in the words of the report: what a rule wants, and where this program keeps it. `R` are Germany's (Anlage 31b
 * BMV-Ä and its twin, Anlage 16 BMV-Z), `A` Austria's (Richtlinie Online-Psychotherapie, Internetrichtlinie, GTelG). Tests quote `R3` as `[R3]`
 * and `A3` as `[AT3]`: `[A3]` is an amendment of the protocol. */

export type Rule = {
  readonly id: string;
  /** What stands in brackets in the names of its tests. */
  readonly tag: string;
  readonly wants: string;
  readonly kept: string;
};

const germany = (n: number, wants: string, kept: string): Rule => ({
  id: `R${n}`,
  tag: `R${n}`,
  wants,
  kept,
});
const austria = (n: number, wants: string, kept: string): Rule => ({
  id: `A${n}`,
  tag: `AT${n}`,
  wants,
  kept,
});

export const RULES: readonly Rule[] = [
  germany(
    1,
    "Nur wer als Therapeut:in registriert ist, eröffnet ein Gespräch.",
    "Räume und geplante Anrufe öffnet der Server nur mit Anmeldung oder mit einem Zugang, den eine angemeldete Therapeut:in ihrer Praxissoftware gegeben hat.",
  ),
  germany(
    2,
    "Klient:innen nehmen teil, ohne sich zu registrieren.",
    "Link oder Zugangs-Code genügen: kein Konto, keine E-Mail-Adresse, keine Installation.",
  ),
  germany(
    3,
    "Die Therapeut:in kennt den wirklichen Namen der Person.",
    "Die Praxis kann den Namen verlangen; dann kommt niemand herein, der ihn nicht genannt hat. Er geht verschlüsselt an die Therapeut:in allein, der Server kennt ihn nicht.",
  ),
  germany(
    4,
    "Ein Zugang führt nur zur eigenen Therapeut:in.",
    "Jeder Link gehört zu genau einer Praxis; der Server vermittelt nur zwischen ihm und ihr.",
  ),
  germany(
    5,
    "Ein laufendes Gespräch wird nicht gestört.",
    "Wer während eines Gesprächs anklopft, ist nicht zu hören: es gibt nur einen stillen Hinweis.",
  ),
  germany(
    6,
    "Zwei Personen sind nach Möglichkeit direkt verbunden.",
    "Gespräche zu zweit gehen von Gerät zu Gerät; über den Server nur, wo das Netz es nicht anders zulässt oder die Praxis es wünscht. Was davon der Fall ist, steht im Raum.",
  ),
  germany(
    7,
    "Alle Inhalte sind Ende-zu-Ende-verschlüsselt.",
    "Bild, Ton, Bildschirm, Chat, Dateien und Werkzeuge; der Server hat keinen Schlüssel dazu. Mit einem falschen Schlüssel ist nichts zu hören und nichts zu sehen.",
  ),
  germany(
    8,
    "Bild und Ton passen sich der Leitung an; ob es weitergeht, entscheiden die Beteiligten.",
    "Der Ton geht vor, das Bild wird kleiner und ruht zuletzt. Das Programm legt nie von selbst auf.",
  ),
  germany(
    9,
    "Der Anbieter sieht keine Inhalte und speichert keine.",
    "Es gibt keine Aufzeichnung. Im Protokoll des Servers stehen weder Namen noch Adressen noch Kennungen von Links noch Inhalte.",
  ),
  germany(
    10,
    "Verbindungsdaten werden spätestens nach drei Monaten gelöscht.",
    "Ein stündlicher Lauf löscht Zeiten von Anrufen, geschlossene Räume, vergangene Pläne, Einladungen, Meldungen und abgelaufene Anmeldungen nach 14 Tagen; höchstens 92 Tage lassen sich einstellen.",
  ),
  germany(
    11,
    "Keine schweren Risiken nach den OWASP Top 10 (2021).",
    "docs/threats.md nennt zu jeder der zehn Gruppen, was jemand versuchen könnte, was dagegen steht und welcher Test es beweist. Alle diese Tests zählen hier.",
  ),
  germany(
    12,
    "Verarbeitung nur in Deutschland, der EU, dem EWR oder einem Land mit Angemessenheitsbeschluss.",
    "Die Seiten sprechen nur mit dem Server, von dem sie kommen: keine fremden Schriften, Dienste oder Statistiken. Wo dieser Server steht, entscheidet der Betreiber.",
  ),
  germany(
    13,
    "Die Nutzungsbedingungen sind vollständig auf Deutsch und ohne Anmeldung zu lesen.",
    "Nutzungsbedingungen, Datenschutz und Impressum stehen unter /terms, /privacy und /imprint.",
  ),
  germany(
    14,
    "Keine Werbung.",
    "Es gibt keine Flächen dafür und keine fremden Quellen, aus denen sie kommen könnte.",
  ),
  germany(
    15,
    "Ein zweiter Zugang für Praxispersonal ist nur zum Organisieren da.",
    "Die Rolle Praxispersonal plant und sendet Links; jeder Weg in ein Gespräch ist ihr am Server verschlossen.",
  ),
  germany(
    16,
    "Die Einwilligung der Klient:in wird eingeholt und lässt sich widerrufen.",
    "Text mit Fassung und Zeit, verschlüsselt in der Kartei; ohne Einwilligung kein Gespräch, wo die Praxis es so eingestellt hat.",
  ),
  germany(
    17,
    "Zu Beginn stellen sich alle im Raum vor; Aufzeichnen ist verboten.",
    "Eine kurze Karte auf beiden Bildschirmen sagt es; einen Knopf zum Aufzeichnen gibt es nicht.",
  ),
  germany(
    18,
    "Gruppen haben höchstens neun Personen und eine Therapeut:in.",
    "Acht Klient:innen und eine Therapeut:in: die neunte wird beim Öffnen abgelehnt.",
  ),
  austria(
    2,
    "Behandlung nur gleichzeitig; Chat und Dateien sind Beiwerk.",
    "Chat, Dateien und Werkzeuge gibt es nur im laufenden Gespräch, sie vergehen mit ihm. Künstliche Intelligenz gibt es nicht.",
  ),
  austria(
    3,
    "In Gefahr ist bekannt, wo die Klient:in ist und wen man erreicht.",
    "Die Sicherheitskarte fragt vor dem Gespräch nach Ort, Telefon und Notfallkontakt, verschlüsselt, nur für die Therapeut:in; sie vergeht mit dem Gespräch. Die Praxis kann sie verlangen.",
  ),
  austria(
    4,
    "Aufklären und dokumentieren.",
    "Der Text zur Einwilligung hat eine Fassung; die Liste der Gespräche (Datum, Beginn, Ende, Medium, Störungen) lässt sich auf dem eigenen Gerät speichern.",
  ),
  austria(
    5,
    "Einladungen verraten nichts über die Gesundheit.",
    "Betreff und Text der Einladung sind neutral und nennen keinen Namen.",
  ),
  austria(
    6,
    "Beide Seiten bestätigen, wer sie sind.",
    "Beide sehen dieselben vier Wörter; laut gelesen beweisen sie, dass niemand dazwischen ist. Geräte werden wiedererkannt.",
  ),
  austria(
    7,
    "Impressum nach dem E-Commerce-Gesetz.",
    "Das Impressum nennt den Betreiber aus seinen Einstellungen; jede Praxis hat eigene Zeilen, die ihre Klient:innen vor dem Gespräch lesen.",
  ),
];
