/** Every error the HTTP API answers, as one shape with a stable code; the texts people read are in `web/i18n`. */
import type { Method } from "./factors.ts";

/** Status by code. The code is the contract, the status a courtesy to generic clients. */
export const API_ERRORS = {
  /** The body or query is not what the route takes. */
  "request.invalid": 400,
  /** A writing request from another origin. */
  "request.origin": 403,
  "request.too-large": 413,
  /** More requests from this address, or of this account, than pages ever send. */
  "request.slow-down": 429,
  "request.unknown-route": 404,
  /** No session, or one that ended. */
  "session.required": 401,
  /** User name and password do not fit; the same for unknown names. */
  "login.wrong": 401,
  /** Too many attempts from here; `retryAfterSeconds` says when. */
  "login.slow-down": 429,
  /** The password, or the recovery key, is right; `methods` and `ticket` say how to go on. */
  "login.second-factor": 401,
  /** A wrong code, one that was used before, a passkey that did not sign. */
  "login.factor-wrong": 401,
  /** The ticket is over, was used, or leads somewhere else: begin with the password. */
  "login.ticket": 401,
  /** The practice has no such second factor (any more); it has as many passkeys as there may be; a browser's passkey cannot be read. */
  "factor.unknown": 404,
  "factor.too-many": 409,
  "factor.passkey": 422,
  /** The operator has locked the account, or the practice that staff work for; said only to whoever has proven who it is. */
  "account.locked": 403,
  "account.name-taken": 409,
  "account.name-invalid": 422,
  "account.registration-closed": 403,
  "account.registration-code": 403,
  "account.registration-slow-down": 429,
  /** Another device wrote first: fetch, merge, write again. */
  "vault.conflict": 409,
  /** A vault has a largest size. */
  "vault.full": 413,
  /** The link handle belongs to somebody already. */
  "link.taken": 409,
  /** The practice has no such link (any more): write the vault first. */
  "link.unknown": 404,
  /** A client is in at most one open room; `room` names the first. */
  "room.client-open": 409,
  /** At most 8 clients in a room. */
  "room.too-many": 422,
  /** At most 16 clients open at once. */
  "room.open-limit": 409,
  "room.unknown": 404,
  /** [TF5] The call would be charged, and there are neither minutes nor points left. */
  "room.no-credit": 402,
  /** A planned call begins in the future. */
  "planned.past": 422,
  "planned.unknown": 404,
  /** A practice plans at most so many. */
  "planned.too-many": 409,
  /** One of the clients has a planned call at that very time. */
  "planned.double": 409,
  /** No calendar has this address, any more or ever; and too many that were none. */
  "feed.unknown": 404,
  "feed.slow-down": 429,
  /** More problem reports from this address than anybody has problems. */
  "report.slow-down": 429,
  /** More connection checks from this address than anybody needs. */
  "check.slow-down": 429,
  /** No such voucher, one that was redeemed before, one whose time is over; and too many tries. */
  "voucher.unknown": 404,
  "voucher.used": 409,
  "voucher.over": 410,
  "voucher.slow-down": 429,
  /** No such brand, no such logo; and too many reads from here. */
  "brand.unknown": 404,
  "brand.slow-down": 429,
  /** [API] No token, a wrong one, or one that was revoked; one that may not do this; too many requests with it or from here. */
  "token.invalid": 401,
  "token.scope": 403,
  "token.slow-down": 429,
  /** The practice has no such token (any more); it has as many as there may be. */
  "token.unknown": 404,
  "token.too-many": 409,
  /** [API] The token has no such webhook; it has as many as there may be; the address is not one that is told of calls. */
  "webhook.unknown": 404,
  "webhook.too-many": 409,
  "webhook.target": 422,
  /** Practice staff may not do this (R15); the practice took their access away. */
  "staff.forbidden": 403,
  "staff.ended": 403,
  /** The practice has nobody of this name among its staff, and no such invitation; it has as many people as there may be. */
  "staff.unknown": 404,
  "staff.too-many": 409,
  /** Roles never mix: this account has clients or calls of its own; or it works for a practice already. */
  "staff.not-empty": 409,
  "staff.employed": 409,
  /** No such invitation (any more), one that was accepted before, one whose time is over. */
  "invitation.unknown": 404,
  "invitation.used": 409,
  "invitation.over": 410,
  /** The database is busy or full: nothing was stored, try again. */
  "store.busy": 503,
  "store.full": 507,
  /** This server is about to be restarted and opens no room; `retryAfterSeconds` says when at the latest it is back or another is there. */
  "server.draining": 503,
  /** The servers cannot agree which of them would have the room. */
  "server.apart": 503,
  /** Our bug. */
  "server.bug": 500,
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;
/** The body of every answer that is not 2xx. */
export type ApiError = {
  code: ApiErrorCode;
  retryAfterSeconds?: number;
  room?: string;
  /** Only with "login.second-factor". */
  methods?: readonly Method[];
  ticket?: string;
};
