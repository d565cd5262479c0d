/** Bugs planted into the Kartei: entries of two devices, new links, groups, search, last calls, its files and what an import does. */
import { changed, type Planted, without } from "./planting.ts";

const entries = ["web/vault/entries.test.ts"];
const merge = ["web/vault/merge.test.ts"];
const records = ["web/vault/records.test.ts"];
const search = ["web/vault/search.test.ts"];
const calls = ["web/vault/past-calls.test.ts"];
const plan = ["web/vault/file/plan.test.ts"];
const csv = ["web/vault/file/csv.test.ts"];
const contents = ["web/vault/file/contents.test.ts"];
const sealed = ["wasm/kartei-file.test.ts"];
const seats = ["server/signaling/seats.test.ts"];

/** See `planted.ts`. */
export const PLANTED_CLIENTS: readonly Planted[] = [
  without(
    "another's ID may be taken",
    "web/vault/entries.ts",
    'if (other && other.item !== item) return { why: "taken", by: other };',
    entries,
  ),
  changed(
    "another's code may be an ID",
    "web/vault/entries.ts",
    ["item !== null && isTaken", "false && isTaken"],
    entries,
  ),
  changed(
    "the later note wins",
    "web/vault/entries.ts",
    ["mergeClient(mine, theirs, base) : mine", "{ ...theirs, ...edit } : mine"],
    entries,
  ),
  changed(
    "the later group wins",
    "web/vault/entries.ts",
    ["mergeGroup(mine, theirs, base) : mine", "mine : mine"],
    entries,
  ),
  changed(
    "the old link stays",
    "web/vault/entries.ts",
    ["links: [link], revoked", "links: [link, ...record.links], revoked"],
    entries,
  ),
  changed(
    "a link that went is forgotten",
    "web/vault/entries.ts",
    ["links: [link], revoked }", "links: [link] }"],
    entries,
  ),
  changed(
    "who is deleted stays in groups",
    "web/vault/entries.ts",
    ["record.clients.filter((client) => client !== item)", "record.clients"],
    entries,
  ),
  changed(
    "two long notes do not fit",
    "web/vault/records.ts",
    ["NOTE_TYPED_MAX = 7_900", "NOTE_TYPED_MAX = 8_100"],
    entries,
  ),
  changed(
    "an older vault brings a link back",
    "web/vault/merge.ts",
    ["links.filter(({ rid }) => !revoked.includes(rid)).slice(0, LINKS_MAX)", "links.slice(0, LINKS_MAX)"],
    merge,
  ),
  changed(
    "of a call the shortest length",
    "web/vault/merge.ts",
    ["Math.max(a.minutes, b.minutes)", "Math.min(a.minutes, b.minutes)"],
    merge,
  ),
  changed(
    "whoever was taken out is in again",
    "web/vault/merge.ts",
    ["!base?.clients.includes(item) ||", "true ||"],
    merge,
  ),
  changed(
    "all groups are one",
    "web/vault/merge.ts",
    ['return record.t === "group" ?', 'return record.t === ("" as string) ?'],
    merge,
  ),
  changed(
    "a group loses whose entry became another's",
    "web/vault/merge.ts",
    ["moved.get(client) ?? client", "client"],
    merge,
  ),
  changed(
    "entries of before are lost",
    "web/vault/records.ts",
    ["{ calls: [], revoked: [] }", "{}"],
    records,
  ),
  changed("accents count", "web/vault/search.ts", ['.replace(/\\p{M}/gu, "")', ""], search),
  changed("ue is not ü", "web/vault/search.ts", ["|| long.includes(word[1])", ""], search),
  changed("one word is enough", "web/vault/search.ts", ["spelled.every(", "spelled.some("], search),
  changed("K-10 before K-7", "web/vault/search.ts", ["numeric: true, ", ""], search),
  changed("a reload makes two calls of one", "web/vault/past-calls.ts", ["+ SAME_CALL_MS", ""], calls),
  changed(
    "alone and in a group are one call",
    "web/vault/past-calls.ts",
    ["!goesOn || last.group !== group", "!goesOn"],
    calls,
  ),
  changed(
    "an older note shortens a call",
    "web/vault/past-calls.ts",
    ["Math.max(last.minutes, minutesOf(last.at, until))", "minutesOf(last.at, until)"],
    calls,
  ),
  changed(
    "links of another practice are taken in",
    "web/vault/file/plan.ts",
    ["const usable = own &&", "const usable ="],
    plan,
  ),
  changed(
    "known by the ID alone",
    "web/vault/file/plan.ts",
    ["const byLink = own ?", "const byLink = false ?"],
    plan,
  ),
  changed(
    "two have one code",
    "web/vault/file/plan.ts",
    ["? known.freeCode() : record.code", "? record.code : record.code"],
    plan,
  ),
  changed(
    "a text that does not fit is lost",
    "web/vault/file/plan.ts",
    ["if (!both.note.includes(file.note) ||", "if (false && !both.note.includes(file.note) ||"],
    plan,
  ),
  changed(
    "a conflict is not said",
    "web/vault/file/plan.ts",
    ["if (isClash(mine, record))", "if (isClash(mine, mine))"],
    plan,
  ),
  changed(
    "what is the same is written again",
    "web/vault/file/plan.ts",
    ["plan.same += 1;", "put(both);"],
    plan,
  ),
  changed(
    "a vault that is too large is begun",
    "web/vault/file/room-left.ts",
    ["bytes <= VAULT_BYTES_MAX", "true"],
    plan,
  ),
  changed("formulas run", "web/vault/file/formula.ts", ["return RISKY.test(text) ?", "return false ?"], csv),
  changed("a tab hides a formula", "web/vault/file/formula.ts", ["@\\t\\r", "@\\r"], csv),
  changed(
    "the guard stays in the text",
    "web/vault/file/csv.ts",
    ['unguarded(cells[column] ?? "")', 'cells[column] ?? ""'],
    csv,
  ),
  changed("rows are counted from one", "web/vault/file/csv.ts", ["row: index + 2", "row: index + 1"], csv),
  changed("a table without IDs is empty", "web/vault/file/csv.ts", ["return id < 0 ? null :", "return"], csv),
  changed("any number of rows", "web/vault/file/csv.ts", ["rows.length > ITEMS_MAX", "false"], csv),
  changed(
    "settings go along",
    "web/vault/file/contents.ts",
    ['if (record.t === "group") groups', 'if (record.t !== "client") (groups as unknown[])'],
    contents,
  ),
  without(
    "any passphrase reaches the cipher",
    "wasm/kartei-file.ts",
    'if (!equal(sealed.subarray(0, COMMITMENT_BYTES), commitmentOf(key))) throw new TP1Error("key");',
    sealed,
  ),
  changed(
    "the head may be swapped",
    "wasm/kartei-file.ts",
    ['lv("tp1 file of clients", head)', 'lv("tp1 file of clients")'],
    sealed,
  ),
  changed(
    "every file has the same salt",
    "wasm/kartei-file.ts",
    ["random(SALT_BYTES)", "new Uint8Array(SALT_BYTES)"],
    sealed,
  ),
  changed(
    "an account has the file's keys",
    "wasm/kartei-file.ts",
    ['"client file" as UserName', '"client-file" as UserName'],
    sealed,
  ),
  changed(
    "who holds an old link stays",
    "server/signaling/core.ts",
    ["rids.includes(client.way.rid)) expel", "rids.length === 0) expel"],
    seats,
  ),
  changed(
    "everybody at a link goes",
    "server/signaling/core.ts",
    ["&& rids.includes(client.way.rid)) expel", ") expel"],
    seats,
  ),
];
