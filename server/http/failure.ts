/** Every error answer, in the one shape of wire/errors.ts: a stable code, never what came in, never a text of a library. */
import { AccountLocked, Conflict, StoreBusy, StoreFull } from "../../db/errors.ts";
import { API_ERRORS, type ApiError, type ApiErrorCode } from "../../wire/errors.ts";
import { NoLedger } from "../billing/statement.ts";
import { type Log, logError, logPlace } from "../log.ts";

/** Thrown by a route: the answer is `body` with the status of its code. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly body: ApiError;
  constructor(code: ApiErrorCode, more: Omit<ApiError, "code"> = {}) {
    super(code);
    this.body = { code, ...more };
  }
}

/** The answer to any error: status, body, and after which time it is worth to try again. Our bugs are logged. */
export function answerTo(
  error: unknown,
  code: string | number,
  log: Log,
): { status: number; body: ApiError; headers: Record<string, string> } {
  const body = bodyOf(error, code);
  if (body.code === "server.bug") log.error("http.bug", { error: logError(error), place: logPlace(error) });
  if (body.code === "store.busy" || body.code === "store.full")
    log.warn(body.code, { error: logError(error) });
  const { retryAfterSeconds } = body;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return { status: API_ERRORS[body.code], body, headers };
}

function bodyOf(error: unknown, code: string | number): ApiError {
  if (error instanceof ApiFailure) return error.body;
  // the account was deleted while this was on its way
  if (error instanceof NoLedger) return { code: "session.required" };
  if (error instanceof AccountLocked) return { code: "account.locked" };
  if (error instanceof StoreFull) return { code: "store.full" };
  // a conflict that no route expects is a race with a deletion: trying again finds the new state
  if (error instanceof StoreBusy || error instanceof Conflict) return { code: "store.busy" };
  if (code === "NOT_FOUND") return { code: "request.unknown-route" };
  if (code === "VALIDATION" || code === "PARSE" || code === "INVALID_FILE_TYPE")
    return { code: "request.invalid" };
  return { code: "server.bug" };
}
