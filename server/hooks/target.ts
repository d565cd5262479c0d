/** Where a webhook may point: https and a public name or address; anything else only where the operator allows that host and port. Pure. */
import { isIP } from "node:net";
import { isPublic } from "./public.ts";

/** An address that may be told of calls. `host` without brackets; `isAllowed`: the operator said that it may be private, and plain http. */
export type Target = {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly isAllowed: boolean;
};

/** Two labels or more, as the platform writes them: lower case, others as xn--. */
const NAME = /^[\w-]+(\.[\w-]+)+$/;
/** Names that never leave a machine or its network. */
const INNER = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/** The target in `text`; null where nothing may be sent there. `allow` lists `host:port` in lower case. */
export function targetIn(text: string, allow: readonly string[]): Target | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "" || text.includes("#"))
    return null;
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const isAllowed = allow.includes(`${url.hostname}:${port}`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!isAllowed && (url.protocol !== "https:" || !isOuter(host))) return null;
  return { url, host, port, isAllowed };
}

function isOuter(host: string): boolean {
  if (isIP(host) !== 0) return isPublic(host);
  const name = host.replace(/\.$/, "");
  return NAME.test(name) && !INNER.test(name);
}
