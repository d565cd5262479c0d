/** The HTTP side as one Elysia app: what holds for every request, then one area of routes after the other. `App` is what
 * web/api/server.ts takes the types of the API from. */
import { type AnyElysia, Elysia, type ElysiaConfig } from "elysia";
import { accounts } from "./accounts.ts";
import { createBase } from "./base.ts";
import { BODY_BYTES_MAX, checkBody } from "./bodies.ts";
import { brands, shownBrands } from "./brands.ts";
import { addressIn } from "./entry.ts";
import { factors } from "./factors/factors.ts";
import { second } from "./factors/second.ts";
import { ApiFailure, answerTo } from "./failure.ts";
import { feed } from "./feed.ts";
import { relaySources, securityHeaders } from "./headers.ts";
import { invitations } from "./invitations.ts";
import { ledger, plans } from "./ledger.ts";
import { operator } from "./operator.ts";
import { originAllowed } from "./origin.ts";
import { ownLinks } from "./own-links.ts";
import { createPages } from "./pages.ts";
import { hasTls, type Parts } from "./parts.ts";
import { passwords } from "./password.ts";
import { planned } from "./planned.ts";
import { reports } from "./reports.ts";
import { rooms } from "./rooms.ts";
import { session } from "./session.ts";
import { staff } from "./staff.ts";
import { tokens } from "./tokens.ts";
import { V1, v1 } from "./v1/v1.ts";
import { vault } from "./vault.ts";
import { work } from "./work.ts";

/** A connection on which nothing moves, or a body that trickles in slower than some kilobytes a second, is ended after it; Bun gives the
 * head of a request 12 s whatever is set. Higher: slow senders hold connections for longer. Lower: a logo on a very slow line is cut. */
const IDLE_SECONDS = 30;

const READING = ["GET", "HEAD"];

/** What start adds: the sockets' plugins, whose options count only on the outermost app. */
export type Sockets = {
  plugins: readonly AnyElysia[];
  options: ElysiaConfig<"">["websocket"];
  /** The relay's UDP ports, which pages may reach besides ours. */
  quicPorts: () => readonly number[];
  /** For tests; absent: `IDLE_SECONDS`. */
  idleSeconds?: number;
};

/** The app on the given parts; it listens only when main says so. */
export function createApp(parts: Parts, sockets: Sockets | null = null) {
  const base = createBase(parts);
  const pages = createPages(parts.config.web, parts.config.serviceWorker);
  const { origin } = parts.config;
  const headersOf = securityHeaders(hasTls(parts.config), (request) =>
    relaySources(request, origin, sockets?.quicPorts() ?? []),
  );
  const app = new Elysia({
    ...(sockets?.options === undefined ? {} : { websocket: sockets.options }),
    serve: { maxRequestBodySize: 2 * BODY_BYTES_MAX, idleTimeout: sockets?.idleSeconds ?? IDLE_SECONDS },
  })
    .onError(({ error, code, set }) => {
      const answer = answerTo(error, code, parts.log);
      set.status = answer.status;
      Object.assign(set.headers, answer.headers, { "cache-control": "no-store" });
      return answer.body;
    })
    .onRequest(({ request, server, set }) => {
      const headers = headersOf(request);
      Object.assign(set.headers, headers);
      const page = READING.includes(request.method) ? pages(request) : null;
      const byToken = isV1(request);
      // tokens have budgets of their own, by token and by address
      const address = addressIn(base, { request, server, set });
      if (page === null && !byToken) base.crowd.address(address);
      if (!byToken && !originAllowed(request, origin)) throw new ApiFailure("request.origin");
      checkBody(request, base.crowd, { address, byToken });
      if (page === null) set.headers["cache-control"] = "no-store";
      return page === null ? undefined : withHeaders(page, headers);
    });
  for (const plugin of sockets?.plugins ?? []) app.use(plugin);
  return app.group("/api", (api) =>
    api
      .use(operator(base))
      .use(reports(base))
      .use(plans(base))
      .use(shownBrands(base))
      .use(feed(base))
      .use(ownLinks(base))
      .use(accounts(base))
      .use(session(base))
      .use(passwords(base))
      .use(second(base))
      .use(factors(base))
      .use(vault(base))
      .use(brands(base))
      .use(rooms(base))
      .use(invitations(base))
      .use(staff(base))
      .use(work(base))
      .use(planned(base))
      .use(ledger(base))
      .use(tokens(base))
      .use(v1(base)),
  );
}

/** The type that web/api/server.ts builds its client from. */
export type App = ReturnType<typeof createApp>;

/** Nothing there looks at cookies, and a foreign page cannot send a token: the answer allows it no header. */
function isV1({ url }: Request): boolean {
  return url.startsWith(V1, url.indexOf("/", url.indexOf("//") + 2));
}

function withHeaders(page: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) page.headers.set(name, value);
  return page;
}
