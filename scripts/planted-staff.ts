/** Bugs planted into the staff role: doors left open, shares that stay or leak, invitations good twice, devices that forget each other. */
import { changed, type Planted, without } from "./planting.ts";

const db = ["db/staff.test.ts"];
const http = ["server/http/staff.test.ts"];
const doors = ["server/staff.test.ts"];
const media = ["server/transport/media-socket.test.ts"];
const sealing = ["wasm/staff.test.ts"];
const sharing = ["web/vault/share-keeper.test.ts"];
const record = ["web/vault/staff-record.test.ts"];
const work = ["web/vault/work.test.ts"];

/** See `planted.ts`. */
export const PLANTED_STAFF: readonly Planted[] = [
  without(
    "every route is open to staff",
    "server/http/base.ts",
    'if (employment !== null) throw new ApiFailure("staff.forbidden");',
    http,
  ),
  changed(
    "one shared client of several is enough",
    "server/http/work.ts",
    [".every((rid) => mine.has(rid))", ".some((rid) => mine.has(rid))"],
    http,
  ),
  changed(
    "staff have links of their own",
    "server/http/vault.ts",
    ["add.length + drop.length > 0", "add.length > 256"],
    http,
  ),
  changed(
    "an invitation opens no closed instance",
    "server/http/accounts.ts",
    ["if (body.staff === undefined) checkOpen", "checkOpen"],
    http,
  ),
  changed(
    "signaling lets staff in",
    "server/transport/websocket.ts",
    ["cookie !== null && (await isStaff({ cookie })) ? status(403) : undefined", "undefined"],
    doors,
  ),
  without(
    "the relay lets staff in",
    "server/transport/media-socket.ts",
    "if (cookie !== null && (await deps.isStaff({ cookie }))) return refused(403);",
    media,
  ),
  changed(
    "a host that became staff goes on",
    "server/http/invitations.ts",
    ["events.sessionEnded(id);", "void id;"],
    doors,
  ),
  changed(
    "an invitation is good twice",
    "db/invitations.ts",
    ["if (row.usedAt !== null) return", "if (row.usedAt === 1) return"],
    db,
  ),
  changed(
    "an invitation is good a moment longer",
    "db/invitations.ts",
    ["row.createdAt <= now - INVITATION_MS", "row.createdAt < now - INVITATION_MS"],
    db,
  ),
  changed(
    "whoever held calls becomes staff",
    "db/invitations.ts",
    ["[links, rooms, apiTokens, invitations]", "[links, apiTokens, invitations]"],
    db,
  ),
  without(
    "staff of one practice goes over to another",
    "db/invitations.ts",
    'if ((before?.practice ?? null) !== null) return { kind: "employed" };',
    db,
  ),
  without(
    "what was shared stays when the access ends",
    "db/staff.ts",
    "await tx.delete(shared).where(eq(shared.account, gone.account));",
    db,
  ),
  changed(
    "any practice ends anybody's access",
    "db/staff.ts",
    [
      "and(eq(staff.invitation, invitation), eq(staff.practice, practice))",
      "eq(staff.invitation, invitation)",
    ],
    db,
  ),
  without(
    "foreign links are shared",
    "db/shared.ts",
    'if (!(await ownsAll(tx, practice, rids))) return "unknown-link";',
    db,
  ),
  changed(
    "a client's code leads to staff",
    "db/practices.ts",
    ["isNull(staff.account)", "eq(practices.user, user)"],
    db,
  ),
  changed(
    "a box opens for everybody",
    "wasm/staff.ts",
    ['lv("tp1 staff", invitation, rid)', 'lv("tp1 staff", rid)'],
    sealing,
  ),
  without(
    "a key that a server saw is taken",
    "wasm/invitation.ts",
    'if (/%(?:25)*23/i.test(text)) return "exposed";',
    sealing,
  ),
  without(
    "a late device takes back what another shared",
    "web/vault/share-keeper.ts",
    "await vault.refresh();",
    sharing,
  ),
  changed(
    "who accepts later sees nothing",
    "web/vault/share-keeper.ts",
    ["this.#waiting.size > 0 ? LOOK_MS : null", "null"],
    sharing,
  ),
  changed(
    "a new name is not told",
    "web/vault/shares.ts",
    ["told.get(rid) !== word", "!told.has(rid)"],
    sharing,
  ),
  changed(
    "what is taken back stays",
    "web/vault/shares.ts",
    [".filter((rid) => !wanted.has(rid))", ".filter(() => false)"],
    sharing,
  ),
  changed(
    "who was taken out comes back",
    "web/vault/staff-record.ts",
    ["!before.has(item) || (mine.has(item) && theirs.has(item))", "true"],
    sharing,
  ),
  without(
    "a merged client is shared no more",
    "web/vault/merge.ts",
    'if (record.t === "staff") records.set(item, withMovedClients(record, moved));',
    record,
  ),
  changed("a link to anywhere is shown", "web/vault/work.ts", ["/j#", ""], work),
];
