/** English of `de/errors.ts`. */
import type { errors as de } from "../de/errors.ts";

export const errors: typeof de = {
  api: {
    offline: "The server is not answering. What you entered is still here; please try again in a moment.",
    "request.invalid": "The server could not read the input. Please check it and try again.",
    "request.origin":
      "This page was opened at a foreign address. Please open it at the address of your practice.",
    "request.too-large": "That is more than the server takes at once. Please shorten the text.",
    "request.unknown-route": "The server does not know this function. Please reload the page.",
    "session.required": "You are no longer logged in. Please log in again.",
    "login.wrong": "User name and password do not fit together.",
    "login.slow-down": "That was a lot of attempts. Please wait a moment and try again.",
    "login.second-factor": "Your second factor is still missing.",
    "login.factor-wrong":
      "That was not right. A code from the app is good for a short time and only once; please wait for the next one.",
    "login.ticket": "That took too long or was wrong too often. Please start again from the beginning.",
    "factor.unknown": "This second factor does not exist any more. Please reload the page.",
    "factor.too-many":
      "No more than ten passkeys are possible. Please remove one first that you no longer need.",
    "factor.passkey":
      "This passkey could not be set up. Perhaps it belongs to an account already. Please try another one.",
    "account.locked":
      "This access rests at the moment. Nothing is lost: please turn to the operator of this server, whose address is in the imprint.",
    "account.name-taken":
      "This user name is taken. Please choose another; everything else stays as you entered it.",
    "account.name-invalid":
      "A user name has 3 to 32 characters: letters without accents, digits, dot and hyphen.",
    "account.registration-closed":
      "This server takes no new accounts at the moment. Please ask its operator.",
    "account.registration-code":
      "This invitation code is not right. Please ask the operator for the current one.",
    "account.registration-slow-down":
      "Many accounts were made from this connection just now. Please try again later.",
    "vault.conflict":
      "Another device is saving at the same time. Your change is still here and will be saved again shortly.",
    "vault.full":
      "Your account's storage is full. Your change is still here but not saved. Please delete old entries.",
    "link.taken": "This link belongs to another account already. Please make the entry anew.",
    "link.unknown": "The server does not know this link yet. Please try again.",
    "room.client-open": "This client is in an open call already. You find it in the list below.",
    "room.too-many": "A call holds eight clients at most.",
    "room.open-limit": "16 clients are in open calls already. Please end one of them first.",
    "room.unknown": "This call is no longer open.",
    "room.no-credit":
      "This call costs points, and your balance is not enough for it. With new credit it starts at once.",
    "planned.past": "That time is over already. Please choose a later one.",
    "planned.unknown": "This planned call is gone. It may have been started or deleted on another device.",
    "planned.too-many":
      "No more than 500 calls can be planned ahead. Please delete some that are not needed any more.",
    "planned.double":
      "A call with one of these clients is planned for that time already. You will find it in the list below.",
    "feed.unknown": "This calendar is gone.",
    "feed.slow-down": "Those were many tries. Please try again later.",
    "request.slow-down": "Very many requests came from here just now. Please wait a moment and try again.",
    "report.slow-down": "There have been several reports from here already. Please try again in an hour.",
    "check.slow-down": "There have been many checks from here. Please try again in a few minutes.",
    "voucher.unknown": "There is no such voucher. Please check the code letter by letter.",
    "voucher.used": "This voucher has been redeemed already. Each one works only once.",
    "voucher.over": "This voucher has expired. Please ask where you got it.",
    "voucher.slow-down": "Those were many attempts. Your voucher stays good; please try again later.",
    "brand.unknown": "There is no practice logo for this link.",
    "brand.slow-down": "A great many logos were just loaded from this connection. Please try again later.",
    "token.invalid": "This access is not valid, or not any more.",
    "token.scope": "This access may not do that.",
    "token.slow-down": "Those were many requests at once. Please try again in a moment.",
    "token.unknown": "This access does not exist any more.",
    "token.too-many":
      "No more than 16 accesses are possible. Please revoke one that you no longer need first.",
    "webhook.unknown": "This notification does not exist any more.",
    "webhook.too-many": "No more than four notifications per access are possible.",
    "webhook.target":
      "The server sends nothing to this address: it must be reachable by everybody and begin with https.",
    "staff.forbidden": "Only therapists can do this. It is not possible with a practice staff account.",
    "staff.ended": "Your access to this practice has ended. Please ask the practice.",
    "staff.unknown": "This access no longer exists. It may have been ended on another device.",
    "staff.too-many":
      "More than 16 people and open invitations are not possible. Please end one that nobody needs any more.",
    "staff.not-empty":
      "This account already has clients or calls. Please create a separate account for working at the practice.",
    "staff.employed":
      "You already work for a practice with this account. Please create a separate account for the second one.",
    "invitation.unknown":
      "This invitation is not valid. It may have been taken back. Ask the practice for a new one.",
    "invitation.used": "This invitation has already been accepted. Each one can be used only once.",
    "invitation.over":
      "This invitation is more than seven days old and no longer valid. Ask the practice for a new one.",
    "store.busy": "The server is very busy. What you entered is still here; please try again in a moment.",
    "store.full":
      "The server's disk is full and nothing was saved. What you entered is still here. Please tell the operator.",
    "server.draining":
      "The server is about to restart and opens no new call right now. Please try again in a few minutes; running calls go on.",
    "server.apart":
      "No new call can be opened right now, because the servers do not reach each other. Running calls go on. Please try again in a minute.",
    "server.bug": "We made a mistake. Please try again; if that does not help, tell the operator.",
  },
  vault: {
    key: "The password is not right.",
    kdf: "The server asks for encryption that is too weak. To protect you nothing was sent. Please tell the operator.",
    recovery: "This is not a complete recovery key: eight groups of four characters each.",
    sealed: "The account's encrypted data is damaged. Please tell the operator.",
    size: "That is too long.",
  },
  memory: "This device has too little free memory. Please close other tabs and try again.",
  passkey: "The browser got no confirmation. Try again, or choose another way.",
  waitSeconds: (seconds: number) => `Please wait another ${seconds} seconds.`,
  waitMinutes: (minutes: number) => `Please wait another ${minutes} minutes.`,
  recoveryWrong: "User name and recovery key do not fit together.",
  passwordWrong: "The password is not right.",
};
