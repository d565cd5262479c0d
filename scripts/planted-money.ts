/** Bugs planted into metering, prices and settlement (rules BM1–BM7, TF0–TF5, LG3–LG6). */
import { changed, type Planted, without } from "./planting.ts";

const meter = ["server/billing/meter.test.ts"];
const tariff = ["server/billing/tariff.test.ts"];
const billing = ["server/billing/billing.test.ts"];
const presence = ["server/signaling/presence.test.ts"];
const credit = ["server/signaling/credit.test.ts"];
const http = ["server/http/ledger.test.ts"];

/** See `planted.ts`. */
export const PLANTED_MONEY: readonly Planted[] = [
  changed("clients alone are counted", "server/billing/meter.ts", ["!seats.has(PRACTICE) || ", ""], meter),
  changed("one alone is counted", "server/billing/meter.ts", ["seats.size < 2", "seats.size < 1"], meter),
  changed("three are two", "server/billing/meter.ts", ["seats.size === 2", "seats.size <= 3"], meter),
  changed(
    "the wall clock measures",
    "server/billing/meter.ts",
    ["Math.floor(at.mono - begun.mono)", "Math.floor(at.wall - begun.wall)"],
    meter,
  ),
  changed(
    "what nobody has heard is certain",
    "server/billing/meter.ts",
    ["intervalsOf(this.#ended(this.#certain))", "intervalsOf(this.#ended({ mono: 1e9, wall: 1e9 }))"],
    meter,
  ),
  changed(
    "a beat goes back",
    "server/billing/meter.ts",
    ["!this.#certain || at.mono > this.#certain.mono", "true"],
    meter,
  ),
  changed(
    "a late absence counts from now",
    "server/billing/meter.ts",
    ["at.mono < span.from.mono ? span.from : at", "span.from.mono > at.mono ? at : span.from"],
    meter,
  ),
  changed("minutes are rounded down", "server/billing/tariff.ts", ["Math.ceil", "Math.floor"], tariff),
  changed(
    "the promotion is forgotten",
    "server/billing/tariff.ts",
    ["if (free) return", "if (!price) return"],
    tariff,
  ),
  changed(
    "trial minutes pay for calls of two",
    "server/billing/tariff.ts",
    ['kind === "group" ? of("trial") : []', 'of("trial")'],
    tariff,
  ),
  changed(
    "packages go before the trial",
    "server/billing/tariff.ts",
    [
      '[...(kind === "group" ? of("trial") : []), ...of("package")]',
      '[...of("package"), ...(kind === "group" ? of("trial") : [])]',
    ],
    tariff,
  ),
  without(
    "a package pays twice in one call",
    "server/billing/tariff.ts",
    "left.set(id, (left.get(id) ?? 0) - used);",
    tariff,
  ),
  changed("points are credited", "server/billing/tariff.ts", ["0 - rest * price", "rest * price"], tariff),
  changed("below zero starts", "server/billing/tariff.ts", ["points > 0", "points >= 0"], tariff),
  changed(
    "a start settles open calls",
    "db/calls.ts",
    ["and(isNull(calls.settledAt), not(exists(roomsOf(tx))))", "isNull(calls.settledAt)"],
    billing,
  ),
  {
    ...without(
      "a settled call is settled again",
      "db/calls.ts",
      'if (row.settledAt !== null) return "already";',
      billing,
    ),
    survives: "the key of its entries refuses the second booking as well (LG3)",
  },
  without(
    "the room keeps its call",
    "db/calls.ts",
    "await tx.update(rooms).set({ call: null }).where(eq(rooms.call, call));",
    billing,
  ),
  changed(
    "a run overwrites the run before",
    "server/billing/billing.ts",
    ["run: this.#deps.run, intervals", 'run: "", intervals'],
    billing,
  ),
  changed(
    "this run is counted twice",
    "server/billing/billing.ts",
    [".filter((span) => span.run !== run)", ""],
    billing,
  ),
  changed(
    "a full disk loses the call",
    "server/billing/billing.ts",
    ["if (this.#isStopping) return null;", "return null;"],
    billing,
  ),
  without(
    "nobody is told that a call is booked",
    "server/billing/billing.ts",
    "settled(call.practice);",
    billing,
  ),
  changed(
    "a beat names now",
    "server/signaling/presence.ts",
    ['this.#say(meeting, { t: "beat", at: first });', 'this.#say(meeting, { t: "beat", at: now });'],
    presence,
  ),
  changed(
    "one alone has a beat",
    "server/signaling/presence.ts",
    ["meeting.seats.size < 2 || ", ""],
    presence,
  ),
  changed(
    "a charged call begins unpaid",
    "server/signaling/seats.ts",
    ["return call !== null || startable;", "return true;"],
    credit,
  ),
  changed(
    "a running call is cut",
    "server/signaling/seats.ts",
    ["return call !== null || startable;", "return startable;"],
    credit,
  ),
  changed(
    "the form lets everybody start",
    "server/http/rooms.ts",
    ["if (!(await canStart(", "if (!true && !(await canStart("],
    http,
  ),
  without(
    "vouchers may be guessed",
    "server/http/ledger.ts",
    "await base.vouchers.begin(me.practice, addressIn(base, { request, server, set }));",
    http,
  ),
];
