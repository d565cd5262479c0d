/** What the server says of itself to a check: where it is reached, and one ticket for each way over it. Only what has its form is used. */
import { type Bytes, fromBase64url } from "../../../wire/bytes.ts";
import type { IceServer } from "../../../wire/signal.ts";

export type Facts = {
  readonly stun: readonly IceServer[];
  readonly quic: readonly { readonly port: number; readonly hash: Bytes }[];
  readonly tickets: { readonly quic: string; readonly socket: string };
};

const TICKET = /^[A-Za-z0-9_-]{1,64}$/;
const TOO_MANY = 429;

/** Asks our own server. Never throws. */
export async function askFacts(fetcher: typeof fetch = fetch): Promise<Facts | "away" | "often"> {
  try {
    const answer = await fetcher("/api/check", { method: "POST" });
    if (answer.status === TOO_MANY) return "often";
    return answer.ok ? (factsIn(await answer.json()) ?? "away") : "away";
  } catch {
    return "away";
  }
}

/** Null where it is not what our server says. */
export function factsIn(said: unknown): Facts | null {
  const { stun, quic, tickets } = mapIn(said);
  const { quic: quicTicket, socket } = mapIn(tickets);
  if (!isTicket(quicTicket) || !isTicket(socket)) return null;
  if (!Array.isArray(stun) || !Array.isArray(quic)) return null;
  return {
    stun: stun.flatMap((server) => stunIn(mapIn(server).urls)),
    quic: quic.flatMap((place) => placeIn(mapIn(place))),
    tickets: { quic: quicTicket, socket },
  };
}

function mapIn(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isTicket(value: unknown): value is string {
  return typeof value === "string" && TICKET.test(value);
}

function stunIn(urls: unknown): IceServer[] {
  return typeof urls === "string" && urls.startsWith("stun:") ? [{ urls }] : [];
}

function placeIn({ port, hash }: Record<string, unknown>): Facts["quic"] {
  if (typeof port !== "number" || !Number.isInteger(port) || port < 1 || port > 65_535) return [];
  return typeof hash === "string" ? [{ port, hash: fromBase64url(hash) }] : [];
}
