/** English of `de/legal.ts`; the German text is the one that counts. */
import type { LegalTexts } from "../legal-text.ts";

export const legal: LegalTexts = {
  operator: "Operator of this server",
  operatorMissing:
    "The operator has not entered an address here yet. Please ask the person who gave you this address.",
  retention: (days: number) =>
    `The retention of this server is ${days} days. It cannot be set to more than three months.`,
  imprint: {
    title: "Imprint",
    sections: [
      {
        title: "Responsible",
        text: [
          "Provider of this service and responsible for this server is the operator named above (§ 5 DDG, in Austria § 5 ECG).",
          "TheraPsy Connect is free software under the AGPL-3.0. Its authors do not run this server and have no access to it.",
        ],
      },
      {
        title: "Content of conversations",
        text: [
          "Only those who take part are responsible for what is said and shown in a conversation. The operator cannot see or hear it.",
        ],
      },
    ],
  },
  privacy: {
    title: "Privacy",
    lead: "In short: picture, sound and entries are end-to-end encrypted. The server stores as little as possible, and nobody but the operator gets anything. The German text is the one that counts.",
    sections: [
      {
        title: "Who is responsible",
        text: [
          "The operator named above is responsible for this server (Art. 4(7) GDPR). Your therapist is responsible for the treatment and all you talk about; there the operator works on the therapist's behalf (Art. 28 GDPR).",
        ],
      },
      {
        title: "What is never stored",
        text: [
          "Picture, sound and shared screens: they are only transmitted, encrypted from device to device. There is no recording, no transcript and no artificial intelligence.",
          "Passwords and recovery keys: they do not leave the browser. Names, notes and links of clients lie on the server only encrypted; only the therapist has the key.",
          "IP addresses: they are used in memory to answer and to slow down too many attempts, and are not written down.",
        ],
      },
      {
        title: "What is stored, and until when",
        text: [
          "The legal basis is the contract of use (Art. 6(1)(b) GDPR) and the interest in running the service safely (f).",
        ],
        list: [
          [
            "A therapist's account",
            "User name, optional e-mail address, check values of password and recovery key, encrypted keys: until the account is deleted. Afterwards only an irreversible check value of the user name stays, so that it is never given out again.",
          ],
          [
            "Entries and links",
            "Encrypted, with a random handle without a name for each link: until the entry or the account is deleted.",
          ],
          [
            "Logged-in devices",
            "Check value of the session, kind of browser, time of log-in and of last use: until log-out, 30 days at most.",
          ],
          [
            "Open calls",
            "Random handles of links, begin and end of being open: until the end of this server's retention.",
          ],
          [
            "Planned calls",
            "Time and random handles of links: until start or cancellation, past ones until the end of the retention.",
          ],
          [
            "Times of calls",
            "Begin, end and interruptions, without names of those who took part: until the end of the retention.",
          ],
          [
            "Bookings",
            "Day, minutes, kind and amount under a random number: they stay as vouchers of what was charged. Once the account is deleted, nothing leads from them to it.",
          ],
          [
            "Name, address and logo of a practice",
            "Encrypted, readable only with a link of the practice: until they are changed or the account is deleted.",
          ],
          [
            "Accesses",
            "Check values of accesses of practice software, of the calendar and of the second factor, addresses for notices to practice software, accesses of practice staff and, encrypted, what is shared with them: until they are taken back or the account is deleted.",
          ],
          [
            "Problem reports",
            "Only what somebody chose to send after a call, without account and address: until the end of the retention.",
          ],
          [
            "Operating log",
            "Events without names, addresses or content, with shortened ids. For how long, the operator decides.",
          ],
        ],
      },
      {
        title: "What your browser keeps",
        text: ["Only what is technically necessary (§ 25(2) no. 2 TDDDG), nothing to track you:"],
        list: [
          [
            "Therapists",
            "A cookie for the session (30 days), a cookie by which this browser is recognised at the next log-in (one year), the encrypted key of the entries (until log-out, locking or 12 hours without use), the number of the state seen last, language and colours.",
          ],
          [
            "Clients",
            "No cookies. A random token by which the practice recognises the device next time, and the language; you can delete both in the browser at any time.",
          ],
        ],
      },
      {
        title: "Who gets data",
        text: [
          "Nobody but the operator: no third-party services, no ads, no statistics, no foreign fonts. Your browser talks to this server only.",
          "In a conversation of two the devices connect directly where possible; each then learns the other's IP address. Where that fails, a server of the operator passes the encrypted data on.",
        ],
      },
      {
        title: "The limit of the encryption",
        text: [
          "The program itself comes from this server each time you open it. The encryption protects you from everybody who listens or steals the storage; you must trust the operator to deliver the unchanged program.",
        ],
      },
      {
        title: "Your rights",
        text: [
          "You have the right of access, rectification, erasure, restriction, portability and objection (Art. 15 to 21 GDPR). You delete an account yourself in the profile, at once and completely. As a client please turn to your therapist.",
          "You may complain to a data protection authority, for example that of your German state or, in Austria, the Datenschutzbehörde.",
        ],
      },
    ],
  },
  terms: {
    title: "Terms of use",
    lead: "They hold between the operator of this server and everybody who creates an account here or takes part in a conversation. The German text is the one that counts.",
    sections: [
      {
        title: "1. What the service does",
        text: [
          "The service connects psychotherapists and their clients by video. Picture and sound are end-to-end encrypted. Nothing is recorded.",
          "The service is a technical means and no treatment. It is no emergency call: in an acute crisis please dial 112 or turn to a crisis line.",
        ],
      },
      {
        title: "2. Account",
        text: [
          "An account is meant for health professionals and their places of training. What is stated at registration must be true. Each account belongs to one person or practice and is not passed on.",
          "Only the holder of the account knows password and recovery key. Where both are lost nobody can restore the entries; clients then need new links.",
        ],
      },
      {
        title: "3. Duties of therapists",
        text: [
          "You check before the conversation who you are talking to, and send each link only to the person it is meant for. A link that fell into wrong hands you replace.",
          "Professional law, secrecy (§ 203 StGB, in Austria § 45 PThG 2024) and information stay your responsibility, and so does the clients' consent to treatment by video.",
        ],
      },
      {
        title: "4. Clients",
        text: [
          "Clients take part without an account and free of charge. The link is personal. Recording is not allowed (§ 201 StGB).",
        ],
      },
      {
        title: "5. What is not allowed",
        text: [
          "Attacks on the service, getting around limits, trying other people's access and any use that breaks the law or the rights of others are forbidden. In severe cases the operator may lock an account.",
        ],
      },
      {
        title: "6. Price",
        text: [
          "Registration and conversations of two are free until further notice. If something is to cost money, the operator announces it at least six weeks ahead; nothing costs you anything without your consent.",
        ],
      },
      {
        title: "7. Availability and liability",
        text: [
          "The operator tries to run the service without interruption but does not promise it. Maintenance and failures happen; keep another way ready for urgent cases, the telephone for example.",
          "The operator is liable without limit for intent and gross negligence and for harm to life, body and health. For slight negligence it is liable only for breaches of essential duties and limited to the foreseeable, typical damage.",
        ],
      },
      {
        title: "8. End",
        text: [
          "You can delete your account in the profile at any time. The operator may give notice of six weeks, for an important reason at once. With the end the stored data is deleted as the privacy notice says.",
        ],
      },
      {
        title: "9. Certification",
        text: [
          "Only an operator can be certified as a video service provider (in Germany under Anlage 31b BMV-Ä), software cannot. Whether this server is certified, its operator tells you.",
        ],
      },
      {
        title: "10. Changes and law",
        text: [
          "Changes to these terms are announced on this page at least six weeks ahead. The law of the country where the operator is based applies. If one rule is void, the others stay valid.",
        ],
      },
    ],
  },
};
