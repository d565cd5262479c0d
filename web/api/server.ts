/** The server's HTTP API as the pages use it. The only file that knows the server's app, and of it only the type. */
import { treaty } from "@elysiajs/eden";
import type { App } from "../../server/http/app.ts";
import { API_ERRORS, type ApiErrorCode } from "../../wire/errors.ts";
import { METHODS } from "../../wire/factors.ts";
import { Refused } from "../vault/remote.ts";

type Server = ReturnType<typeof treaty<App>>;
let server: Server | undefined;

/** Names another server than the page's own; for tests, which answer in the same process. */
export function connectApi(origin: string, fetcher?: typeof fetch): void {
  // parseDate would turn a user name or an ID that looks like a date into a Date.
  server = treaty<App>(origin, { parseDate: false, ...(fetcher ? { fetcher } : {}) });
}

/** The routes of the server. */
export function api(): Server["api"] {
  if (!server) connectApi(location.origin);
  if (!server) throw new Error("no server");
  return server.api;
}

type Answer<T> = { data: T | null; error: { value: unknown } | null };

/** What a 2xx answer holds. Throws `Refused`: with the server's code, or "offline" for anything that is not our server. */
export async function take<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error } = await asked.catch(() => {
    throw new Refused("offline");
  });
  if (error) throw refusal(error.value);
  return data as T;
}

function refusal(value: unknown): Refused {
  const said = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  if (!isCode(said.code)) return new Refused("offline");
  const { retryAfterSeconds, room, methods, ticket } = said;
  const known = Array.isArray(methods) ? METHODS.filter((method) => methods.includes(method)) : [];
  return new Refused(said.code, {
    ...(typeof retryAfterSeconds === "number" ? { retryAfterSeconds } : {}),
    ...(typeof room === "string" ? { room } : {}),
    ...(typeof ticket === "string" ? { second: { methods: known, ticket } } : {}),
  });
}

function isCode(code: unknown): code is ApiErrorCode {
  return typeof code === "string" && Object.hasOwn(API_ERRORS, code);
}
