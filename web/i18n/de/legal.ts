/** Imprint, privacy and terms. They say what this program really does; a change of what is stored changes this text. */
import type { LegalTexts } from "../legal-text.ts";

export const legal: LegalTexts = {
  operator: "Betreiber dieses Servers",
  operatorMissing:
    "Der Betreiber hat hier noch keine Anschrift eingetragen. Bitte fragen Sie die Person, die Ihnen diese Adresse gegeben hat.",
  retention: (days: number) =>
    `Die Löschfrist dieses Servers beträgt ${days} Tage. Länger als drei Monate lässt sie sich nicht einstellen.`,
  imprint: {
    title: "Impressum",
    sections: [
      {
        title: "Verantwortlich",
        text: [
          "Diensteanbieter und verantwortlich für diesen Server ist der oben genannte Betreiber (§ 5 DDG, in Österreich § 5 ECG).",
          "TheraPsy Connect ist freie Software unter der AGPL-3.0. Wer sie geschrieben hat, betreibt diesen Server nicht und hat keinen Zugang zu ihm.",
        ],
      },
      {
        title: "Inhalte der Gespräche",
        text: [
          "Für das, was in einem Gespräch gesagt und gezeigt wird, sind allein die Beteiligten verantwortlich. Der Betreiber kann es technisch nicht sehen oder hören.",
        ],
      },
    ],
  },
  privacy: {
    title: "Datenschutz",
    lead: "Kurz: Bild, Ton und Einträge sind Ende-zu-Ende-verschlüsselt. Der Server speichert so wenig wie möglich, und niemand außer dem Betreiber bekommt etwas.",
    sections: [
      {
        title: "Wer verantwortlich ist",
        text: [
          "Für diesen Server ist der oben genannte Betreiber verantwortlich (Art. 4 Nr. 7 DSGVO). Für die Behandlung und alles, was Sie dort besprechen, ist Ihre Therapeut:in verantwortlich; der Betreiber arbeitet insoweit in deren Auftrag (Art. 28 DSGVO).",
        ],
      },
      {
        title: "Was nie gespeichert wird",
        text: [
          "Bild, Ton und geteilte Bildschirme: Sie werden nur übertragen, verschlüsselt von Gerät zu Gerät. Es gibt keine Aufzeichnung, keine Mitschrift und keine künstliche Intelligenz.",
          "Passwörter und Wiederherstellungsschlüssel: Sie verlassen den Browser nicht. Namen, Notizen und Links von Klient:innen liegen nur verschlüsselt auf dem Server; den Schlüssel dazu hat nur die Therapeut:in.",
          "IP-Adressen: Sie werden zum Antworten und gegen zu viele Versuche im Arbeitsspeicher verwendet, nicht aufgeschrieben.",
        ],
      },
      {
        title: "Was gespeichert wird, und bis wann",
        text: [
          "Rechtsgrundlage ist der Vertrag über die Nutzung (Art. 6 Abs. 1 lit. b DSGVO) und das Interesse an einem sicheren Betrieb (lit. f).",
        ],
        list: [
          [
            "Konto einer Therapeut:in",
            "Benutzername, freiwillige E-Mail-Adresse, Prüfwerte von Passwort und Wiederherstellungsschlüssel, verschlüsselte Schlüssel: bis das Konto gelöscht wird. Danach bleibt nur ein nicht umkehrbarer Prüfwert des Benutzernamens, damit er nie neu vergeben wird.",
          ],
          [
            "Einträge und Links",
            "Verschlüsselt, dazu je Link eine zufällige Kennung ohne Namen: bis der Eintrag oder das Konto gelöscht wird.",
          ],
          [
            "Angemeldete Geräte",
            "Prüfwert der Anmeldung, Art des Browsers, Zeit der Anmeldung und der letzten Nutzung: bis zur Abmeldung, höchstens 30 Tage.",
          ],
          [
            "Offene Anrufe",
            "Zufällige Kennungen der Links, Beginn und Ende der Öffnung: bis zum Ende der Löschfrist dieses Servers.",
          ],
          [
            "Geplante Anrufe",
            "Zeit und zufällige Kennungen der Links: bis zum Start oder zur Absage, vergangene bis zum Ende der Löschfrist.",
          ],
          [
            "Zeiten von Anrufen",
            "Beginn, Ende und Unterbrechungen, ohne die Namen der Beteiligten: bis zum Ende der Löschfrist.",
          ],
          [
            "Buchungen",
            "Tag, Minuten, Art und Betrag unter einer zufälligen Nummer: Sie bleiben als Belege der Abrechnung. Wird das Konto gelöscht, führt nichts mehr von ihnen zu ihm.",
          ],
          [
            "Name, Anschrift und Logo einer Praxis",
            "Verschlüsselt, lesbar nur mit einem Link der Praxis: bis sie geändert werden oder das Konto gelöscht wird.",
          ],
          [
            "Zugänge",
            "Prüfwerte von Zugängen der Praxissoftware, des Kalenders und des zweiten Faktors, Adressen für Mitteilungen an die Praxissoftware, Zugänge des Praxispersonals und verschlüsselt, was mit ihm geteilt ist: bis sie zurückgenommen werden oder das Konto gelöscht wird.",
          ],
          [
            "Problemmeldungen",
            "Nur, was jemand selbst nach einem Anruf abgeschickt hat, ohne Konto und Adresse: bis zum Ende der Löschfrist.",
          ],
          [
            "Betriebsprotokoll",
            "Ereignisse ohne Namen, ohne Adressen, ohne Inhalte, mit gekürzten Kennungen. Wie lange, bestimmt der Betreiber.",
          ],
        ],
      },
      {
        title: "Was Ihr Browser aufbewahrt",
        text: ["Nur technisch Notwendiges (§ 25 Abs. 2 Nr. 2 TDDDG), nichts zur Verfolgung:"],
        list: [
          [
            "Therapeut:innen",
            "Ein Cookie für die Anmeldung (30 Tage), ein Cookie, das diesen Browser beim nächsten Anmelden wiedererkennt (ein Jahr), der verschlüsselte Schlüssel der Einträge (bis Abmelden, Sperren oder 12 Stunden ohne Nutzung), die Nummer des zuletzt gesehenen Standes, Sprache und Farben.",
          ],
          [
            "Klient:innen",
            "Keine Cookies. Ein zufälliges Merkmal, an dem die Praxis das Gerät beim nächsten Mal wiedererkennt, sowie die Sprache; beides können Sie im Browser jederzeit löschen.",
          ],
        ],
      },
      {
        title: "Wer Daten bekommt",
        text: [
          "Niemand außer dem Betreiber: keine Dienste Dritter, keine Werbung, keine Statistik, keine fremden Schriften. Ihr Browser spricht nur mit diesem Server.",
          "Bei einem Gespräch zu zweit verbinden sich die beiden Geräte nach Möglichkeit direkt; dabei erfährt jedes die IP-Adresse des anderen. Gelingt das nicht, leitet ein Server des Betreibers die verschlüsselten Daten weiter.",
        ],
      },
      {
        title: "Die Grenze der Verschlüsselung",
        text: [
          "Das Programm selbst kommt bei jedem Öffnen von diesem Server. Die Verschlüsselung schützt vor allen, die mithören oder den Speicher stehlen; dem Betreiber müssen Sie vertrauen, dass er das unveränderte Programm ausliefert.",
        ],
      },
      {
        title: "Ihre Rechte",
        text: [
          "Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung, Übertragbarkeit und Widerspruch (Art. 15 bis 21 DSGVO). Ein Konto löschen Sie selbst im Profil, sofort und vollständig. Als Klient:in wenden Sie sich bitte an Ihre Therapeut:in.",
          "Sie können sich bei einer Aufsichtsbehörde für den Datenschutz beschweren, zum Beispiel bei der Ihres Bundeslandes oder in Österreich bei der Datenschutzbehörde.",
        ],
      },
    ],
  },
  terms: {
    title: "Nutzungsbedingungen",
    lead: "Sie gelten zwischen dem Betreiber dieses Servers und allen, die hier ein Konto anlegen oder an einem Gespräch teilnehmen.",
    sections: [
      {
        title: "1. Was der Dienst leistet",
        text: [
          "Der Dienst stellt Videogespräche zwischen Psychotherapeut:innen und ihren Klient:innen her. Bild und Ton sind Ende-zu-Ende-verschlüsselt. Aufgezeichnet wird nichts.",
          "Der Dienst ist ein technisches Mittel und keine Behandlung. Er ist kein Notruf: In einer akuten Krise wählen Sie bitte 112 oder wenden Sie sich an die Telefonseelsorge.",
        ],
      },
      {
        title: "2. Konto",
        text: [
          "Ein Konto ist für Angehörige der Heilberufe und ihre Ausbildungsstätten bestimmt. Angaben bei der Registrierung müssen stimmen. Jedes Konto gehört einer Person oder Praxis und wird nicht weitergegeben.",
          "Passwort und Wiederherstellungsschlüssel kennt nur, wer das Konto hat. Sind beide verloren, kann niemand die Einträge wiederherstellen; Klient:innen brauchen dann neue Links.",
        ],
      },
      {
        title: "3. Pflichten der Therapeut:innen",
        text: [
          "Sie prüfen vor dem Gespräch, wer Ihnen gegenübersitzt, und senden jeden Link nur an die Person, für die er bestimmt ist. Einen Link, der in falsche Hände geraten ist, ersetzen Sie.",
          "Berufsrecht, Schweigepflicht (§ 203 StGB, in Österreich § 45 PThG 2024) und Aufklärung bleiben Ihre Sache, ebenso die Einwilligung der Klient:innen in die Behandlung per Video.",
        ],
      },
      {
        title: "4. Klient:innen",
        text: [
          "Klient:innen nehmen ohne Konto und ohne Kosten teil. Der Link ist persönlich. Mitschneiden ist nicht erlaubt (§ 201 StGB).",
        ],
      },
      {
        title: "5. Was nicht erlaubt ist",
        text: [
          "Verboten sind Angriffe auf den Dienst, das Umgehen von Grenzen, das Ausprobieren fremder Zugänge und jede Nutzung, die Gesetze oder die Rechte anderer verletzt. Bei schweren Verstößen darf der Betreiber ein Konto sperren.",
        ],
      },
      {
        title: "6. Preis",
        text: [
          "Registrierung und Gespräche zu zweit sind bis auf Weiteres kostenlos. Wird etwas kostenpflichtig, kündigt der Betreiber es mindestens sechs Wochen vorher an; ohne Ihre Zustimmung entstehen keine Kosten.",
        ],
      },
      {
        title: "7. Verfügbarkeit und Haftung",
        text: [
          "Der Betreiber bemüht sich um einen ununterbrochenen Betrieb, sagt ihn aber nicht zu. Wartung und Störungen kommen vor; halten Sie für dringende Fälle einen anderen Weg bereit, zum Beispiel das Telefon.",
          "Der Betreiber haftet unbeschränkt bei Vorsatz und grober Fahrlässigkeit sowie für Schäden an Leben, Körper und Gesundheit. Bei leichter Fahrlässigkeit haftet er nur für die Verletzung wesentlicher Pflichten und begrenzt auf den vorhersehbaren, typischen Schaden.",
        ],
      },
      {
        title: "8. Ende",
        text: [
          "Sie können Ihr Konto jederzeit im Profil löschen. Der Betreiber kann mit einer Frist von sechs Wochen kündigen, bei einem wichtigen Grund sofort. Mit dem Ende werden die gespeicherten Daten gelöscht, wie es in der Datenschutzerklärung steht.",
        ],
      },
      {
        title: "9. Zertifizierung",
        text: [
          "Eine Zertifizierung als Videodienstanbieter (in Deutschland nach Anlage 31b BMV-Ä) kann nur ein Betreiber erhalten, keine Software. Ob dieser Server zertifiziert ist, sagt Ihnen der Betreiber.",
        ],
      },
      {
        title: "10. Änderungen und Recht",
        text: [
          "Änderungen dieser Bedingungen werden mindestens sechs Wochen vorher auf dieser Seite angekündigt. Es gilt das Recht des Landes, in dem der Betreiber seinen Sitz hat. Ist eine Regel unwirksam, bleiben die anderen gültig.",
        ],
      },
    ],
  },
};
