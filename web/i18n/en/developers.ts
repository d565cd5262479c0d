/** Texts of the page for those who build practice software, in English; routes and fields in the very words of the document. */
import { API_FIELDS, API_ROUTES } from "../../../wire/api-words.ts";
import type { developers as de } from "../de/developers.ts";

export const developers: typeof de = {
  title: "Interface for practice software",
  lead: "A practice program can plan calls, open rooms, and start a call with one click. The server learns no names, IDs, codes or links.",
  raw: "The same description as OpenAPI 3.1",
  access: {
    title: "Access",
    text: "The therapist gives access in the profile, under “Practice software”. The program gets the address, an access key and a pairing. It sends the key with each request:",
    scopes:
      "What it may do is part of the access. Other requests are refused with token.scope, revoked keys at once with token.invalid.",
  },
  clients: {
    title: "How a client is named",
    text: "By the handle (rid) of the link only. The program keeps the link and computes the handle itself; the example in the source under examples/practice-program shows how. Fields that do not stand here are refused.",
  },
  start: {
    title: "Start link",
    text: "Behind the # stand, packed by msgpack and written as base64url, the version 1, the IDs of one to eight clients, and the pairing (16 bytes). What stands behind the # is sent to nobody. With a valid pairing the call begins at once, else the page asks.",
  },
  hooks: {
    title: "Webhooks",
    text: "When a call begins or ends, the server sends these five things to the address you named:",
    signed:
      "The header tpc-signature holds the time t in milliseconds and v1, the HMAC-SHA-256 of “t.body” under the secret, in hex. Refuse what is older than five minutes. Without a 2xx answer it is tried again for a day with growing pauses; redirects are not followed.",
  },
  routes: "Requests",
  errors: {
    title: "Refusals",
    text: "Every answer that is not 2xx has the form {code, retryAfterSeconds?, room?}. The code never changes, the sentence may.",
  },
  part: {
    path: "In the address",
    body: "Body",
    answer: "Answer",
    empty: "none (204)",
    fields: "Fields",
    errors: "May refuse with",
  },
  column: { field: "Field", type: "Kind", meaning: "Meaning" },
  type: {
    id: "32 hex digits",
    number: "whole number",
    flag: "true or false",
    day: "day, 2026-11-25",
    month: "month, 2026-11",
    text: "text",
    object: "things",
    listOf: (inner: string) => `list: ${inner}`,
    orNull: (inner: string) => `${inner} or null`,
    optional: (inner: string) => `${inner}, may be missing`,
  },
  route: API_ROUTES,
  meaning: API_FIELDS,
};
