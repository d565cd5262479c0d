/** What the HTTP API for practice software says (PROTOCOL.md §8.1). Of clients it knows the handles of their links; no ID, name, code or link
 * is ever part of it. Times are Unix milliseconds. */
import type { CallId, DeliveryId, Rid, RoomId, TokenId, WebhookId } from "./ids.ts";

/** What a token may do, one word each. */
export const SCOPES = ["planned", "rooms", "ledger", "presence", "webhooks"] as const;
export type Scope = (typeof SCOPES)[number];

/** Tokens begin with it, so that a person and a search of leaked files know what they look at. */
export const TOKEN_PREFIX = "tpc_";
/** Random bytes of a token. */
export const TOKEN_BYTES = 32;
/** The label of a token as typed, UTF-16 units. */
export const LABEL_MAX = 60;
/** Higher: a forgotten token hides in a longer list. Lower: a practice with many programs shares one token among them. */
export const TOKENS_MAX = 16;
/** Higher: one call makes more requests to elsewhere. Lower: a program cannot tell two places. */
export const WEBHOOKS_PER_TOKEN_MAX = 4;
/** The address of a webhook, in characters. */
export const WEBHOOK_URL_MAX = 500;

/** A token as its practice sees it; the token itself is shown once and stored as a hash. */
export type ApiToken = {
  readonly id: TokenId;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  /** Null: never. Not finer than a minute. */
  readonly lastUsedAt: number | null;
};

/** `POST /api/tokens`: the only time that the token is told. */
export type NewToken = { readonly id: TokenId; readonly token: string };

/** A call that is on: how many seats are taken, the therapist's among them. */
export type PresentCall = { readonly room: RoomId; readonly call: CallId; readonly present: number };

/** `started`: the therapist and somebody else are there for the first time; `ended`: the call is over and in the ledger. */
export const CALL_EVENTS = ["call.started", "call.ended"] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

/** The body of a delivery, and all that a webhook is ever told. `id` is the same at each try, and the same if it is sent twice. */
export type CallNotice = {
  readonly id: DeliveryId;
  readonly event: CallEvent;
  readonly call: CallId;
  readonly rids: readonly Rid[];
  readonly at: number;
};

/** Why the last try failed: `target` the name leads to no public address · `down` no connection, no TLS, no answer in time · `answer` any
 * answer but 2xx, redirects too. */
export const WEBHOOK_FAULTS = ["target", "down", "answer"] as const;
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];

/** `GET /api/v1/webhooks`. `waiting`: deliveries that are tried again; `dropped`: those given up after a day. */
export type Webhook = {
  readonly webhook: WebhookId;
  readonly url: string;
  readonly createdAt: number;
  readonly waiting: number;
  readonly dropped: number;
  readonly fault: WebhookFault | null;
};

/** `POST /api/v1/webhooks`: the only time that the signing secret is told; 32 bytes as base64url. */
export type NewWebhook = { readonly webhook: WebhookId; readonly secret: string };
