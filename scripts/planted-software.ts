/** Bugs planted into the API for practice software, its webhooks and its pairing: each must be noticed. */
import type { Planted } from "./planting.ts";

const V1 = ["server/http/v1/v1.test.ts"];

export const PLANTED_SOFTWARE: readonly Planted[] = [
  {
    name: "api: a token may do everything",
    file: "server/http/v1/bearer.ts",
    find: "if (!holder.scopes.includes(scope))",
    replace: "if (scope === undefined)",
    tests: V1,
  },
  {
    name: "api: an unknown field is let through",
    file: "server/http/v1/told.ts",
    find: "if (hasMore(shape, body))",
    replace: "if (shape === undefined)",
    tests: V1,
  },
  {
    name: "api: a room says a title",
    file: "server/http/v1/shapes.ts",
    find: "const room = t.Object({ room: id,",
    replace: "const room = t.Object({ title: t.Optional(t.String()), room: id,",
    tests: ["server/http/v1/contract.test.ts"],
  },
  {
    name: "api: another token's webhook is removed",
    file: "db/webhooks.ts",
    find: "and(eq(webhooks.token, token), eq(webhooks.id, id))",
    replace: "and(eq(webhooks.id, id))",
    tests: V1,
  },
  {
    name: "webhooks: one public address of many is enough",
    file: "server/transport/post.ts",
    find: "found.every(isPublic)",
    replace: "found.some(isPublic)",
    tests: ["server/transport/post.test.ts"],
  },
  {
    name: "webhooks: the time is not signed",
    file: "server/hooks/sign.ts",
    find: "const mac = createHmac",
    replace: "now = 0;\n  const mac = createHmac",
    tests: ["server/hooks/courier.test.ts"],
  },
  {
    name: "webhooks: a call begins again and again",
    file: "server/hooks/attendance.ts",
    find: "!call.hasBegun && ",
    replace: "",
    tests: ["server/hooks/attendance.test.ts"],
  },
  {
    name: "webhooks: the beginning is told again after a restart",
    file: "db/deliveries.ts",
    find: "if (!(await isFromBefore(tx, moment.call, run))) ",
    replace: "",
    tests: ["db/api.test.ts"],
  },
  {
    name: "pairing: any secret proves a program",
    file: "web/vault/pairings.ts",
    find: "if (secret === null) return false;",
    replace: "if (records.size > 0) return true;\n  if (secret === null) return false;",
    tests: ["web/vault/pairings.test.ts"],
  },
  {
    name: "pairing: dropping one drops none",
    file: "web/vault/pairings.ts",
    find: 'record.t === "pairing" && record.token === token) records',
    replace: 'record.t === "pairing" && record.token !== token) records',
    tests: ["web/vault/pairings.test.ts"],
  },
  {
    name: "start link: the same client twice",
    file: "wire/start-link.ts",
    find: " && different === found.length",
    replace: "",
    tests: ["wire/start-link.test.ts"],
  },
];
