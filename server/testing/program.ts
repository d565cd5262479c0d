/** An outside program as the API sees it: a token and no cookie, no origin. For tests. */
import { noise } from "../../db/testing/samples.ts";
import { SCOPES, type Scope } from "../../wire/api.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { type Browser, type Got, ORIGIN, type Rig, register, type Site } from "./rig.ts";

/** A new practice with `links` links. */
export async function practiceWith(rig: Site, links: number): Promise<{ browser: Browser; links: Rid[] }> {
  const { browser } = await register(rig);
  const add = Array.from({ length: links }, () => newId<Rid>());
  const change = { base: 0, manifest: base64url(noise(296)), put: [], drop: [], links: { add, drop: [] } };
  await browser.ask("POST", "/api/vault", change);
  return { browser, links: add };
}

/** A new token of the practice that is logged in. */
export async function newToken(
  browser: Browser,
  scopes: readonly Scope[] = SCOPES,
): Promise<{ id: string; token: string }> {
  const got = await browser.ask("POST", "/api/tokens", { label: "Praxisprogramm", scopes });
  if (got.status !== 201) throw new Error(JSON.stringify(got.body));
  return got.body as { id: string; token: string };
}

/** Asks with this token; `path` behind `/api/v1`. */
export function program({ handle }: Pick<Rig, "handle">, token: string | null) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Got> => {
    const headers = new Headers(more);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await handle(new Request(`${ORIGIN}/api/v1${path}`, init));
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
    return { status: response.status, body: isJson ? JSON.parse(text) : { text }, headers: response.headers };
  };
}
