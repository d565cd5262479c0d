/** Every close code of the signaling socket: whose fault it is, and whether coming back may help (PROTOCOL.md "Close codes"). */

/** Whose fault a close is; one word decides what a page does. */
export type Fault = "nobody" | "page" | "person" | "server";

/** `again`: now = with the resume token, later = with back-off, never = only after the person or a new page changes something. */
export type Close = {
  readonly code: number;
  readonly fault: Fault;
  readonly again: "now" | "later" | "never";
};

export const CLOSE = {
  /** Left on purpose. */
  done: { code: 1000, fault: "nobody", again: "never" },
  /** The server stops; another or the same one will answer soon. */
  stopping: { code: 1001, fault: "nobody", again: "now" },
  /** Our bug. */
  bug: { code: 1011, fault: "server", again: "later" },
  /** Not a message of the union, too long, text, or not allowed in this state. */
  garbage: { code: 4000, fault: "page", again: "never" },
  /** Another signaling version: load the page anew. */
  version: { code: 4001, fault: "page", again: "never" },
  /** No session, or one that ended. */
  session: { code: 4002, fault: "person", again: "never" },
  /** Nobody has this link (any more). */
  link: { code: 4003, fault: "person", again: "never" },
  /** More messages than any page of ours sends. */
  flood: { code: 4004, fault: "page", again: "later" },
  /** The same peer came back on another connection. */
  replaced: { code: 4005, fault: "nobody", again: "never" },
  /** No hello within the time. */
  silent: { code: 4006, fault: "page", again: "later" },
  /** The resume token is too old or not ours: start with hello. */
  expired: { code: 4007, fault: "nobody", again: "later" },
  /** The server or this link has as many connections as it takes. */
  full: { code: 4008, fault: "server", again: "later" },
  /** Nothing heard for the time after which a line counts as lost. */
  lost: { code: 4009, fault: "nobody", again: "now" },
  /** No practice has this user name. */
  user: { code: 4010, fault: "person", again: "never" },
  /** More tries with codes from this address than anybody needs: wait some minutes. */
  slow: { code: 4011, fault: "person", again: "never" },
  /** The practice cannot be reached here for now; no fault of whoever asks. */
  paused: { code: 4012, fault: "nobody", again: "never" },
  /** Another node answers for this practice: `at` named it. */
  elsewhere: { code: 4013, fault: "nobody", again: "now" },
} as const satisfies Record<string, Close>;

export type CloseWord = keyof typeof CLOSE;

/** What to do after a close with `code`; codes we do not know (1006 and others) are a lost line. */
export function closeOf(code: number): Close {
  return Object.values(CLOSE).find((close) => close.code === code) ?? CLOSE.lost;
}
