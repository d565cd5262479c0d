/** The private calendar: made, renewed and removed by its practice, read by whoever has the secret address. It holds only times. */
import { Elysia, t } from "elysia";
import { base64url } from "../../wire/bytes.ts";
import { type Base, signedIn } from "./base.ts";
import { calendarOf } from "./calendar.ts";
import { addressIn, type Visit } from "./entry.ts";
import { ApiFailure } from "./failure.ts";
import { bytesIn, feedHash } from "./secrets.ts";

const TOKEN_BYTES = 32;
/** A secret with its ending, and nothing of any length. */
const FILE_MAX = 60;
const ENDING = ".ics";

/** `GET /api/feed/:secret.ics` for calendars; `GET|POST|DELETE /api/feed` for the practice. */
export function feed(base: Base) {
  const { store, clock } = base;
  return new Elysia()
    .get(
      "/feed/:file",
      async ({ params, query, request, server, set }) =>
        calendarAt(base, { request, server, set }, params.file, query.lang ?? "de"),
      {
        params: t.Object({ file: t.String({ maxLength: FILE_MAX }) }),
        query: t.Object({ lang: t.Optional(t.Union([t.Literal("de"), t.Literal("en")])) }),
      },
    )
    .use(signedIn(base))
    .get("/feed", async ({ me }): Promise<{ since: number | null }> => {
      return { since: await store.feeds.since(me.practice) };
    })
    .post("/feed", async ({ me, set }): Promise<{ token: string; since: number }> => {
      const token = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
      const since = clock.now();
      await store.feeds.renew(me.practice, feedHash(token), since);
      set.status = 201;
      return { token: base64url(token), since };
    })
    .delete("/feed", async ({ me, set }) => {
      await store.feeds.remove(me.practice);
      set.status = 204;
    });
}

async function calendarAt(base: Base, visit: Visit, file: string, lang: "de" | "en"): Promise<Response> {
  const address = addressIn(base, visit);
  await base.feedTries.begin(address);
  const token = file.endsWith(ENDING) ? bytesIn(file.slice(0, -ENDING.length), TOKEN_BYTES) : null;
  const practice = token === null ? null : await base.store.feeds.practiceOf(feedHash(token));
  if (practice === null) {
    await base.feedTries.missed(address);
    throw new ApiFailure("feed.unknown");
  }
  const now = base.clock.now();
  const text = await calendarOf(await base.store.planned.of(practice, now), now, lang);
  return new Response(text, {
    headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "no-store" },
  });
}
