/** The shapes of what v1 takes and answers. Nothing in them is free text: a string is an id, a day, one of a few words, an address of a
 * webhook or random bytes. */
import { t } from "elysia";
import {
  CALL_EVENTS,
  type CallNotice,
  type NewWebhook,
  type PresentCall,
  WEBHOOK_FAULTS,
  WEBHOOK_URL_MAX,
  type Webhook,
} from "../../../wire/api.ts";
import type { Account, Statement } from "../../../wire/ledger.ts";
import type { PlannedCall } from "../../../wire/planned.ts";
import type { OpenRoom } from "../../../wire/signal.ts";
import { binary, id } from "../shapes.ts";

const whole = t.Integer();
const count = t.Integer({ minimum: 0 });
const day = t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const month = t.String({ pattern: "^\\d{4}-\\d{2}$" });
const orNull = <S extends Parameters<typeof t.Nullable>[0]>(shape: S) => t.Nullable(shape);
const words = <const W extends string>(all: readonly W[]) => t.Union(all.map((word) => t.Literal(word)));
const clients = t.Array(t.Array(id));

const plan = t.Object({ plan: id, startsAt: count, series: orNull(id), clients });
const room = t.Object({ room: id, clients, closesAt: count, call: orNull(id), startable: t.Boolean() });

/** A planned call, and lists of them. */
export const plannedList = t.Unsafe<{ planned: PlannedCall[] }>(t.Object({ planned: t.Array(plan) }));
/** An open room, and lists of them. */
export const openRoom = t.Unsafe<OpenRoom>(room);
export const roomList = t.Unsafe<{ rooms: OpenRoom[] }>(t.Object({ rooms: t.Array(room) }));

const kinds = t.Object({ single: count, group: count });
const tariff = t.Object({ price: count, free: t.Boolean() });
/** What a practice has. */
export const account = t.Unsafe<Account>(
  t.Object({
    points: whole,
    trialMinutes: whole,
    packages: t.Array(t.Object({ minutes: whole, until: orNull(day) })),
    tariffs: t.Object({ single: tariff, group: tariff }),
    mayStart: t.Object({ single: t.Boolean(), group: t.Boolean() }),
  }),
);

const paid = t.Object({ promotion: whole, trial: whole, package: whole, points: whole });
const call = t.Object({
  day,
  begunAt: orNull(count),
  minutes: kinds,
  paid,
  price: whole,
  waived: whole,
  gaps: orNull(t.Object({ count, minutes: count })),
});
const credit = t.Object({
  day,
  account: words(["points", "trial", "package"]),
  amount: whole,
  until: orNull(day),
  correction: t.Boolean(),
});
/** One month. */
export const statement = t.Unsafe<Statement>(
  t.Object({
    month,
    calls: t.Array(call),
    credits: t.Array(credit),
    sums: t.Object({ minutes: kinds, paid, price: whole, waived: whole }),
    before: whole,
    after: whole,
  }),
);

/** Calls that are on. */
export const presence = t.Unsafe<{ calls: PresentCall[] }>(
  t.Object({ calls: t.Array(t.Object({ room: id, call: id, present: count })) }),
);

/** The address of a webhook; what more it must be, server/hooks says. */
export const url = t.String({ pattern: "^https?://[\\x21-\\x7e]+$", maxLength: WEBHOOK_URL_MAX });
export const newWebhook = t.Unsafe<NewWebhook>(t.Object({ webhook: id, secret: binary(32) }));
export const webhookList = t.Unsafe<{ webhooks: Webhook[] }>(
  t.Object({
    webhooks: t.Array(
      t.Object({
        webhook: id,
        url,
        createdAt: count,
        waiting: count,
        dropped: count,
        fault: orNull(words(WEBHOOK_FAULTS)),
      }),
    ),
  }),
);
/** What a webhook is sent. */
export const callNotice = t.Unsafe<CallNotice>(
  t.Object({ id, event: words(CALL_EVENTS), call: id, rids: t.Array(id), at: count }),
);
export const nothing = t.Void();
export const monthInPath = t.Object({ month });
