/** What stands between a right password and what it opens: a ticket that the second factor makes good. In memory, so a restart asks for the
 * password again; it names an account, is no session, and opens nothing by itself. */
import type { Bytes } from "../../../wire/bytes.ts";
import type { PracticeId } from "../../../wire/ids.ts";
import type { Clock } from "../../clock.ts";
import { ApiFailure } from "../failure.ts";
import { bytesIn, randomText, tokenHash } from "../secrets.ts";

/** Higher: a ticket seen over a shoulder works longer. Lower: whoever looks for the phone has to type the password again. */
export const TICKET_MS = 5 * 60_000;
/** How long a recovery goes on after its second factor: a new password is chosen, a new key is written down. */
export const RECOVERY_MS = 30 * 60_000;
/** Wrong answers to one ticket; then the password is asked again. */
export const TRIES_PER_TICKET = 5;
/** Tickets of one account at once. Higher: more memory for whoever knows a password. Lower: a second device loses its ticket to the ninth. */
export const TICKETS_PER_PRACTICE = 8;

/** What the ticket leads to. */
export type Purpose = "log-in" | "recovery" | "change";

export type Ticket = {
  readonly practice: PracticeId;
  readonly purpose: Purpose;
  /** The stored hash of what was proved: a ticket dies with the password it came from. */
  readonly proved: Bytes;
  /** The session that changes its factors; null for the others. */
  readonly session: string | null;
  until: number;
  /** Tries that are left. */
  left: number;
  passed: boolean;
  /** What a passkey has to sign; used once. */
  challenge: string | null;
  /** The secret of an app's codes that were not shown to be right yet. */
  draft: Bytes | null;
};

/** Tickets of one server. */
export function createTickets(clock: Pick<Clock, "now">) {
  const tickets = new Map<string, Ticket>();
  const nameOf = (text: string) =>
    Buffer.from(tokenHash(bytesIn(text, 32) ?? new Uint8Array())).toString("hex");

  function makeRoom(practice: PracticeId): void {
    const now = clock.now();
    for (const [name, { until }] of tickets) if (until <= now) tickets.delete(name);
    const mine = [...tickets].filter(([, ticket]) => ticket.practice === practice);
    for (const [name] of mine.slice(0, Math.max(0, mine.length - TICKETS_PER_PRACTICE + 1)))
      tickets.delete(name);
  }

  return {
    /** A new ticket as text; `passed` where no factor is on. */
    issue(about: Pick<Ticket, "practice" | "purpose" | "proved" | "session" | "passed">): string {
      makeRoom(about.practice);
      const text = randomText(32);
      const until = clock.now() + TICKET_MS;
      tickets.set(nameOf(text), { ...about, until, left: TRIES_PER_TICKET, challenge: null, draft: null });
      return text;
    },
    /** The ticket of this text. Throws `login.ticket` where it is unknown, over, or for something else. */
    read(text: string, purpose: Purpose, session: string | null = null): Ticket {
      const ticket = tickets.get(nameOf(text));
      const isGood = ticket !== undefined && clock.now() < ticket.until;
      if (isGood && ticket.purpose === purpose && ticket.session === session) return ticket;
      throw new ApiFailure("login.ticket");
    },
    /** The ticket of this text whatever it leads to. Throws `login.ticket`. */
    any(text: string): Ticket {
      const ticket = tickets.get(nameOf(text));
      if (ticket !== undefined && clock.now() < ticket.until) return ticket;
      throw new ApiFailure("login.ticket");
    },
    /** Uses a ticket up. False where another request was quicker. */
    drop: (text: string): boolean => tickets.delete(nameOf(text)),
  };
}

export type Tickets = ReturnType<typeof createTickets>;
