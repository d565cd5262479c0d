/** Every error the HTTP API answers, as one shape with a stable code; the texts people read are in `web/i18n`. */

/** Status by code. The code is the contract, the status a courtesy to generic clients. */
export const API_ERRORS = {
  /** The body or query is not what the route takes. */
  "request.invalid": 400,
  /** A writing request from another origin. */
  "request.origin": 403,
  "request.too-large": 413,
  "request.unknown-route": 404,
  /** No session, or one that ended. */
  "session.required": 401,
  /** User name and password do not fit; the same for unknown names. */
  "login.wrong": 401,
  /** Too many attempts from here; `retryAfterSeconds` says when. */
  "login.slow-down": 429,
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
  /** No such voucher, one that was redeemed before, one whose time is over; and too many tries. */
  "voucher.unknown": 404,
  "voucher.used": 409,
  "voucher.over": 410,
  "voucher.slow-down": 429,
  /** No such brand, no such logo; and too many reads from here. */
  "brand.unknown": 404,
  "brand.slow-down": 429,
  /** The database is busy or full: nothing was stored, try again. */
  "store.busy": 503,
  "store.full": 507,
  /** Our bug. */
  "server.bug": 500,
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;
/** The body of every answer that is not 2xx. */
export type ApiError = { code: ApiErrorCode; retryAfterSeconds?: number; room?: string };
