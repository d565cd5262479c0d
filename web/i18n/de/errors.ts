/** What went wrong, what still works, what to do now: a sentence for every code of the API and of the vault. */
import type { TP1Reason } from "../../../wasm/error.ts";
import type { ApiErrorCode } from "../../../wire/errors.ts";

type ApiTexts = Record<ApiErrorCode | "offline", string>;
type VaultTexts = Partial<Record<TP1Reason, string>>;

const api: ApiTexts = {
  offline:
    "Der Server antwortet gerade nicht. Ihre Eingaben sind noch da; versuchen Sie es gleich noch einmal.",
  "request.invalid":
    "Der Server konnte die Eingabe nicht lesen. Bitte prüfen Sie sie und versuchen Sie es noch einmal.",
  "request.origin":
    "Diese Seite wurde unter einer fremden Adresse geöffnet. Bitte rufen Sie sie über die Adresse Ihrer Praxis auf.",
  "request.too-large": "Das ist mehr, als der Server auf einmal annimmt. Bitte kürzen Sie den Text.",
  "request.unknown-route": "Diese Funktion kennt der Server nicht. Bitte laden Sie die Seite neu.",
  "session.required": "Sie sind nicht mehr angemeldet. Bitte melden Sie sich neu an.",
  "login.wrong": "Benutzername und Passwort passen nicht zusammen.",
  "login.slow-down":
    "Das waren viele Versuche. Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.",
  "login.second-factor": "Zum Anmelden fehlt noch Ihr zweiter Faktor.",
  "login.factor-wrong":
    "Das hat nicht gestimmt. Ein Code aus der App gilt nur kurz und nur einmal; warten Sie bitte auf den nächsten.",
  "login.ticket":
    "Das hat zu lange gedauert oder zu oft nicht gestimmt. Bitte beginnen Sie noch einmal von vorn.",
  "factor.unknown": "Diesen zweiten Faktor gibt es nicht mehr. Bitte laden Sie die Seite neu.",
  "factor.too-many":
    "Mehr als zehn Passkeys gehen nicht. Entfernen Sie bitte erst einen, den Sie nicht mehr brauchen.",
  "factor.passkey":
    "Dieser Passkey ließ sich nicht einrichten. Vielleicht gehört er schon zu einem Konto. Versuchen Sie es bitte mit einem anderen.",
  "account.locked":
    "Dieser Zugang ruht zurzeit. Es ist nichts verloren: bitte wenden Sie sich an den Betreiber dieses Servers, seine Anschrift steht im Impressum.",
  "account.name-taken":
    "Dieser Benutzername ist schon vergeben. Bitte wählen Sie einen anderen; alles andere bleibt, wie Sie es eingegeben haben.",
  "account.name-invalid":
    "Ein Benutzername hat 3 bis 32 Zeichen: Buchstaben ohne Umlaute, Ziffern, Punkt und Bindestrich.",
  "account.registration-closed":
    "Auf diesem Server sind neue Konten gerade nicht möglich. Fragen Sie bitte den Betreiber.",
  "account.registration-code":
    "Dieser Einladungscode stimmt nicht. Bitte fragen Sie den Betreiber nach dem aktuellen Code.",
  "account.registration-slow-down":
    "Von diesem Anschluss wurden gerade viele Konten angelegt. Bitte versuchen Sie es später noch einmal.",
  "vault.conflict":
    "Ein anderes Gerät speichert gerade gleichzeitig. Ihre Änderung ist noch da und wird gleich noch einmal gespeichert.",
  "vault.full":
    "Der Speicher Ihres Kontos ist voll. Ihre Änderung ist noch da, aber nicht gespeichert. Löschen Sie bitte alte Einträge.",
  "link.taken": "Dieser Link gehört schon zu einem anderen Konto. Bitte legen Sie den Eintrag neu an.",
  "link.unknown": "Der Server kennt diesen Link noch nicht. Bitte versuchen Sie es noch einmal.",
  "room.client-open": "Diese Klient:in ist schon in einem offenen Anruf. Sie finden ihn unten in der Liste.",
  "room.too-many": "Ein Anruf fasst höchstens acht Klient:innen.",
  "room.open-limit":
    "Es sind schon 16 Klient:innen gleichzeitig in offenen Anrufen. Beenden Sie bitte erst einen davon.",
  "room.unknown": "Dieser Anruf ist nicht mehr offen.",
  "room.no-credit":
    "Dieser Anruf kostet Punkte, und Ihr Guthaben reicht dafür nicht. Mit neuem Guthaben beginnt er sofort.",
  "planned.past": "Diese Zeit ist schon vorbei. Bitte wählen Sie eine spätere.",
  "planned.unknown":
    "Diesen geplanten Anruf gibt es nicht mehr. Vielleicht wurde er auf einem anderen Gerät gestartet oder gelöscht.",
  "planned.too-many":
    "Mehr als 500 Anrufe lassen sich nicht im Voraus planen. Löschen Sie bitte welche, die nicht mehr gelten.",
  "planned.double":
    "Für diese Zeit ist mit einer dieser Klient:innen schon ein Anruf geplant. Sie finden ihn unten in der Liste.",
  "feed.unknown": "Diesen Kalender gibt es nicht mehr.",
  "feed.slow-down": "Das waren viele Versuche. Bitte versuchen Sie es später noch einmal.",
  "request.slow-down":
    "Von hier kamen gerade sehr viele Anfragen. Bitte warten Sie einen Moment und versuchen Sie es noch einmal.",
  "report.slow-down":
    "Von hier kamen gerade schon mehrere Meldungen. Bitte versuchen Sie es in einer Stunde noch einmal.",
  "check.slow-down":
    "Von hier wurde gerade oft geprüft. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
  "voucher.unknown": "Diesen Gutschein gibt es nicht. Bitte prüfen Sie den Code Zeichen für Zeichen.",
  "voucher.used": "Dieser Gutschein wurde schon eingelöst. Jeder gilt nur einmal.",
  "voucher.over": "Dieser Gutschein ist abgelaufen. Bitte fragen Sie dort nach, wo Sie ihn bekommen haben.",
  "voucher.slow-down":
    "Das waren viele Versuche. Ihr Gutschein bleibt gültig; versuchen Sie es später noch einmal.",
  "brand.unknown": "Für diesen Link ist kein Praxislogo hinterlegt.",
  "brand.slow-down":
    "Von diesem Anschluss wurden gerade sehr viele Logos geladen. Bitte versuchen Sie es später noch einmal.",
  "token.invalid": "Dieser Zugang gilt nicht oder nicht mehr.",
  "token.scope": "Dieser Zugang darf das nicht.",
  "token.slow-down": "Das waren viele Anfragen auf einmal. Bitte versuchen Sie es gleich noch einmal.",
  "token.unknown": "Diesen Zugang gibt es nicht mehr.",
  "token.too-many":
    "Mehr als 16 Zugänge gehen nicht. Widerrufen Sie bitte erst einen, den Sie nicht mehr brauchen.",
  "webhook.unknown": "Diese Rückmeldung gibt es nicht mehr.",
  "webhook.too-many": "Mehr als vier Rückmeldungen je Zugang gehen nicht.",
  "webhook.target":
    "An diese Adresse sendet der Server nichts: Sie muss öffentlich erreichbar sein und mit https beginnen.",
  "staff.forbidden": "Das ist Therapeut:innen vorbehalten. Mit einem Konto für Praxispersonal geht es nicht.",
  "staff.ended": "Ihr Zugang zu dieser Praxis ist beendet. Fragen Sie bitte in der Praxis nach.",
  "staff.unknown": "Diesen Zugang gibt es nicht mehr. Vielleicht wurde er auf einem anderen Gerät beendet.",
  "staff.too-many":
    "Mehr als 16 Personen und offene Einladungen gehen nicht. Beenden Sie bitte erst einen Zugang, den niemand mehr braucht.",
  "staff.not-empty":
    "In diesem Konto gibt es schon Klient:innen oder Anrufe. Legen Sie für die Arbeit in der Praxis bitte ein eigenes Konto an.",
  "staff.employed":
    "Mit diesem Konto arbeiten Sie schon für eine Praxis. Legen Sie für die zweite bitte ein eigenes Konto an.",
  "invitation.unknown":
    "Diese Einladung gilt nicht. Vielleicht wurde sie zurückgenommen. Bitten Sie die Praxis um eine neue.",
  "invitation.used": "Diese Einladung wurde schon angenommen. Jede gilt nur einmal.",
  "invitation.over":
    "Diese Einladung ist älter als sieben Tage und gilt nicht mehr. Bitten Sie die Praxis um eine neue.",
  "store.busy":
    "Der Server ist gerade sehr beschäftigt. Ihre Eingaben sind noch da; versuchen Sie es gleich noch einmal.",
  "store.full":
    "Der Speicher des Servers ist voll, es wurde nichts gespeichert. Ihre Eingaben sind noch da. Bitte sagen Sie dem Betreiber Bescheid.",
  "server.draining":
    "Der Server wird gleich neu gestartet und öffnet deshalb gerade keinen neuen Anruf. Versuchen Sie es in ein paar Minuten noch einmal; laufende Anrufe gehen weiter.",
  "server.apart":
    "Gerade kann kein neuer Anruf geöffnet werden, weil die Server einander nicht erreichen. Laufende Anrufe gehen weiter. Versuchen Sie es in einer Minute noch einmal.",
  "server.bug":
    "Da ist uns ein Fehler passiert. Bitte versuchen Sie es noch einmal; hilft das nicht, sagen Sie dem Betreiber Bescheid.",
};

const vault: VaultTexts = {
  key: "Das Passwort stimmt nicht.",
  kdf: "Der Server verlangt eine zu schwache Verschlüsselung. Zu Ihrem Schutz wurde nichts gesendet. Bitte sagen Sie dem Betreiber Bescheid.",
  recovery: "Das ist kein vollständiger Wiederherstellungsschlüssel: acht Gruppen zu je vier Zeichen.",
  sealed: "Die verschlüsselten Daten des Kontos sind beschädigt. Bitte sagen Sie dem Betreiber Bescheid.",
  size: "Das ist zu lang.",
};

export const errors = {
  api,
  vault,
  memory:
    "Dieses Gerät hat zu wenig freien Arbeitsspeicher. Schließen Sie bitte andere Tabs und versuchen Sie es noch einmal.",
  passkey:
    "Der Browser hat keine Bestätigung bekommen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.",
  waitSeconds: (seconds: number) => `Bitte warten Sie noch ${seconds} Sekunden.`,
  waitMinutes: (minutes: number) => `Bitte warten Sie noch ${minutes} Minuten.`,
  recoveryWrong: "Benutzername und Wiederherstellungsschlüssel passen nicht zusammen.",
  passwordWrong: "Das Passwort stimmt nicht.",
};
