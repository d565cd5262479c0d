/** A small client of the API for practice software. It keeps names, IDs and links on its side of the line: the server is told handles only,
 * computed here from the links that the program stores. */
import { linkKeys, parseLink } from "../../wasm/link.ts";
import { ready } from "../../wasm/sodium.ts";
import type { NewWebhook, PresentCall, Webhook } from "../../wire/api.ts";
import { fromBase64url } from "../../wire/bytes.ts";
import type { ApiError, ApiErrorCode } from "../../wire/errors.ts";
import type { PlanId, Rid, RoomId, WebhookId } from "../../wire/ids.ts";
import type { Account, Statement } from "../../wire/ledger.ts";
import type { PlannedCall } from "../../wire/planned.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { formatStartLink } from "../../wire/start-link.ts";

/** What the therapist saves as a file when giving a program access. */
export type Access = { readonly server: string; readonly token: string; readonly pairing: string };

/** The server said no; `code` is the contract (wire/errors.ts). */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: ApiErrorCode | "unreachable";
  readonly retryAfterSeconds: number | null;
  constructor(code: ApiErrorCode | "unreachable", retryAfterSeconds: number | null = null) {
    super(code);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The handle of a client, from the permanent link; the link itself never leaves this program. */
export async function ridOf(link: string): Promise<Rid> {
  await ready();
  const parts = parseLink(link);
  if (typeof parts === "string") throw new RangeError(`this is no link of a client: ${parts}`);
  return linkKeys(parts.secret).rid;
}

/** All that the API can do. Times are Unix milliseconds; everything may throw `Refusal`. */
export function connect({ server, token, pairing }: Access) {
  const ask = <T>(method: string, path: string, body?: unknown) =>
    request<T>(`${server}/api/v1${path}`, token, method, body);
  /** One handle per client: more only where two entries were merged. */
  const clientsOf = async (links: readonly string[]) =>
    Promise.all(links.map(async (link) => [await ridOf(link)]));
  return {
    planned: async () => (await ask<{ planned: PlannedCall[] }>("GET", "/planned")).planned,
    plan: async (starts: readonly number[], links: readonly string[]) =>
      (await ask<{ planned: PlannedCall[] }>("POST", "/planned", { starts, clients: await clientsOf(links) }))
        .planned,
    move: async (plan: PlanId, startsAt: number) =>
      (await ask<{ planned: PlannedCall[] }>("PATCH", `/planned/${plan}`, { startsAt })).planned,
    cancel: (plan: PlanId) => ask<void>("DELETE", `/planned/${plan}`),
    rooms: async () => (await ask<{ rooms: OpenRoom[] }>("GET", "/rooms")).rooms,
    open: async (links: readonly string[]) =>
      ask<OpenRoom>("POST", "/rooms", { clients: await clientsOf(links) }),
    close: (room: RoomId) => ask<void>("DELETE", `/rooms/${room}`),
    account: () => ask<Account>("GET", "/ledger"),
    month: (month: string) => ask<Statement>("GET", `/ledger/months/${month}`),
    presence: async () => (await ask<{ calls: PresentCall[] }>("GET", "/presence")).calls,
    webhooks: async () => (await ask<{ webhooks: Webhook[] }>("GET", "/webhooks")).webhooks,
    addWebhook: (url: string) => ask<NewWebhook>("POST", "/webhooks", { url }),
    removeWebhook: (webhook: WebhookId) => ask<void>("DELETE", `/webhooks/${webhook}`),
    /** The address that starts a call with one click, in the browser in which the therapist is logged in. Nothing of it is sent anywhere. */
    startLink: (ids: readonly string[]) => formatStartLink(server, { ids, pairing: fromBase64url(pairing) }),
  };
}

async function request<T>(url: string, token: string, method: string, body: unknown): Promise<T> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(url, { method, headers, ...json }).catch(() => null);
  if (answer === null) throw new Refusal("unreachable");
  if (answer.status === 204) return undefined as T;
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusalOf(said);
  return said as T;
}

function refusalOf(said: unknown): Refusal {
  const { code = "unreachable", retryAfterSeconds = null } = (said ?? {}) as Partial<ApiError>;
  return new Refusal(code, retryAfterSeconds);
}
