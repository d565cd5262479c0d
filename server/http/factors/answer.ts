/** Asking for the second factor and judging the answer, for every way in: log-in, recovery, and a change of the factors themselves. */
import type { Practice } from "../../../db/practices.ts";
import type { Method } from "../../../wire/factors.ts";
import type { Base } from "../base.ts";
import { addressIn, attemptAt, type Visit } from "../entry.ts";
import { ApiFailure } from "../failure.ts";
import { methodsOf } from "./methods.ts";
import { asserted, siteOf } from "./passkeys.ts";
import type { Answer } from "./shapes.ts";
import { spareHash } from "./spares.ts";
import type { Purpose, Ticket } from "./tickets.ts";
import { openTotp, stepOfCode } from "./totp.ts";

/** Goes on where no factor is on; else throws `login.second-factor` with a ticket for the answer. */
export async function askSecond(
  base: Base,
  practice: Practice,
  purpose: Purpose,
  session: string | null = null,
): Promise<void> {
  const methods = methodsOf(await base.store.factors.of(practice.id));
  if (methods.length === 0) return;
  const about = { practice: practice.id, purpose, proved: provedBy(practice, purpose), session };
  throw new ApiFailure("login.second-factor", {
    methods,
    ticket: base.tickets.issue({ ...about, passed: false }),
  });
}

/** The account whose second factor this is; the ticket has passed then. Throws `login.ticket`, `login.factor-wrong`, `login.slow-down`. */
export async function passSecond(
  base: Base,
  visit: Visit,
  ticket: Ticket,
  answer: Answer,
): Promise<Practice> {
  const practice = await ownerOf(base, ticket);
  if (ticket.left <= 0) throw new ApiFailure("login.ticket");
  ticket.left -= 1;
  const method = methodIn(answer);
  const tried = { ...triedBy(base, visit, ticket, practice), method };
  await base.factorTries.begin(tried);
  if (!(await isRight(base, visit, ticket, answer))) throw new ApiFailure("login.factor-wrong");
  await base.factorTries.succeed(tried);
  ticket.passed = true;
  return practice;
}

/** The account of a ticket, as long as what was proved for it still holds. Throws `login.ticket`. */
export async function ownerOf(base: Base, ticket: Ticket): Promise<Practice> {
  const practice = await base.store.practices.byId(ticket.practice);
  const holds = practice && Buffer.from(provedBy(practice, ticket.purpose)).equals(ticket.proved);
  if (practice === null || !holds) throw new ApiFailure("login.ticket");
  return practice;
}

/** The stored hash of what a purpose was proved with. */
export function provedBy({ loginHash, recoveryHash }: Practice, purpose: Purpose) {
  return purpose === "recovery" ? recoveryHash : loginHash;
}

function triedBy(base: Base, visit: Visit, { session }: Ticket, practice: Practice) {
  const { device } = attemptAt(base, visit, practice.user);
  return { practice: practice.id, address: addressIn(base, visit), device: session ?? device };
}

function methodIn({ totp, passkey, spare }: Answer): Method {
  if ([totp, passkey, spare].filter((part) => part !== undefined).length !== 1)
    throw new ApiFailure("request.invalid");
  if (totp !== undefined) return "totp";
  return passkey === undefined ? "spare" : "passkey";
}

async function isRight(base: Base, visit: Visit, ticket: Ticket, answer: Answer): Promise<boolean> {
  if (answer.totp !== undefined) return isTotp(base, ticket, answer.totp);
  if (answer.spare !== undefined) return isSpare(base, ticket, answer.spare);
  return answer.passkey !== undefined && isPasskey(base, visit, ticket, answer.passkey);
}

async function isTotp(base: Base, { practice }: Ticket, code: string): Promise<boolean> {
  const { totp } = await base.store.factors.of(practice);
  if (totp === null) return false;
  const step = stepOfCode(openTotp(base.keys.factors, practice, totp.box), code, base.clock.now());
  return step !== null && (await base.store.factors.useTotp(practice, step));
}

async function isSpare(base: Base, { practice }: Ticket, typed: string): Promise<boolean> {
  const hash = spareHash(base.keys.factors, practice, typed);
  return hash !== null && (await base.store.factors.useSpare(practice, hash));
}

async function isPasskey(
  base: Base,
  visit: Visit,
  ticket: Ticket,
  response: NonNullable<Answer["passkey"]>,
): Promise<boolean> {
  const { challenge } = ticket;
  // whatever comes of it, nothing signs the same challenge twice
  ticket.challenge = null;
  const { passkeys } = await base.store.factors.of(ticket.practice);
  const known = passkeys.find(({ credential }) => credential === response.id);
  if (challenge === null || known === undefined) return false;
  const counter = await asserted(siteOf(base, visit.request), response, challenge, known);
  if (counter === null) return false;
  return base.store.factors.usePasskey(known.id, { counter, now: base.clock.now() });
}
