/** `POST /api/reports`: a problem report of anybody, without an account. What does not have exactly its form is refused. */
import { Elysia, t } from "elysia";
import {
  REPORT_BREAKS_MAX,
  REPORT_BYTES_MAX,
  REPORT_ERRORS_MAX,
  REPORT_NOTE_MAX,
  REPORT_PATTERNS,
  REPORTS_PER_ADDRESS,
} from "../../wire/report.ts";
import type { Base } from "./base.ts";
import { createBudget } from "./budget.ts";
import { addressIn } from "./entry.ts";
import { ApiFailure } from "./failure.ts";

const SECONDS = 60 * 60;
const count = (most: number) => t.Integer({ minimum: 0, maximum: most });
const form = (pattern: string) => t.String({ pattern, maxLength: 60 });
const exact = { additionalProperties: false } as const;

const body = t.Object(
  {
    side: t.Union([t.Literal("client"), t.Literal("therapist")]),
    browser: form(REPORT_PATTERNS.product),
    system: form(REPORT_PATTERNS.product),
    page: form(REPORT_PATTERNS.page),
    way: t.Union([
      t.Literal("direct"),
      t.Literal("forwarded"),
      t.Literal("quic"),
      t.Literal("socket"),
      t.Literal("none"),
    ]),
    minutes: count(1_440),
    breaks: t.Array(count(86_400), { maxItems: REPORT_BREAKS_MAX }),
    devices: t.Object({ cameras: count(99), microphones: count(99), loudspeakers: count(99) }, exact),
    errors: t.Array(t.Object({ code: form(REPORT_PATTERNS.code), count: count(9_999) }, exact), {
      maxItems: REPORT_ERRORS_MAX,
    }),
    note: t.String({ maxLength: REPORT_NOTE_MAX }),
  },
  exact,
);

export function reports(base: Base) {
  const { store, clock } = base;
  const budget = createBudget(REPORTS_PER_ADDRESS, SECONDS);
  return new Elysia().post(
    "/reports",
    async ({ body: report, request, server, set }) => {
      const retryAfterSeconds = await budget.take(addressIn(base, { request, server, set }));
      if (retryAfterSeconds !== null) throw new ApiFailure("report.slow-down", { retryAfterSeconds });
      await store.reports.add(report, clock.now());
      set.status = 204;
    },
    {
      body,
      transform: ({ request }) => {
        if (Number(request.headers.get("content-length") ?? 0) > REPORT_BYTES_MAX)
          throw new ApiFailure("request.too-large");
      },
    },
  );
}
