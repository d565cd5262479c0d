/** A deleted account leaves nothing behind but the anonymous ledger and the hash of its name: every row of every table is looked at. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { noise, sampleItem } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { type InvitationId, newId, type Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { provesPassword, turnsPasskeyOn, turnsTotpOn } from "../testing/factors.ts";
import { createRig, type Rig, register } from "../testing/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
});
afterAll(() => rig.close());

/** Every row of every table as text; blobs as hex. */
async function rowsOf(): Promise<{ table: string; text: string }[]> {
  const client = createClient({ url: `file:${join(rig.folder, "t.db")}` });
  const { rows } = await client.execute("select name from sqlite_master where type = 'table'");
  const found: { table: string; text: string }[] = [];
  for (const { name } of rows) {
    const all = await client.execute(`select * from "${name}"`);
    for (const row of all.rows) {
      const values = Object.values(row).map((value) =>
        value instanceof ArrayBuffer ? Buffer.from(value).toString("hex") : String(value),
      );
      found.push({ table: String(name), text: values.join(" ") });
    }
  }
  client.close();
  return found;
}

/** How many rows each table has, without those that are empty. */
async function counts(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { table } of await rowsOf()) counted[table] = (counted[table] ?? 0) + 1;
  return counted;
}

test("[LG6] everything that can be exported is gone from the server with the account, but for the ledger", async () => {
  const before = await counts();
  const { browser, sent } = await register(rig);
  const ask = async (method: string, path: string, body?: unknown) => {
    const got = await browser.ask(method, path, body);
    expect([path, got.status < 300]).toEqual([path, true]);
    return got.body;
  };
  const rid = newId<Rid>();
  const item = sampleItem();
  await ask("POST", "/api/vault", {
    base: 0,
    manifest: base64url(noise(40)),
    put: [{ ...item, box: base64url(item.box) }],
    drop: [],
    links: { add: [rid], drop: [] },
  });
  await ask("POST", "/api/rooms", { clients: [[rid]] });
  await ask("POST", "/api/planned", { starts: [rig.time.now + 3_600_000], clients: [[rid]] });
  await ask("POST", "/api/feed");
  await ask("POST", "/api/tokens", { label: "Praxisprogramm Nord", scopes: ["rooms"] });
  await ask("PUT", "/api/brands", { put: [{ rid, box: base64url(noise(200)) }] });
  await ask("POST", "/api/staff", { invitation: newId<InvitationId>(), tokenHash: base64url(noise(32)) });
  const ticket = await provesPassword(browser, sent.authKey);
  await turnsTotpOn(rig, browser, ticket);
  await turnsPasskeyOn(browser, ticket, "Laptop Nord");
  const practice = await rig.store.practices.byUser(sent.user as UserName);
  if (practice === null) throw new Error("no account");
  const full = await counts();
  expect(Object.keys(full).length).toBeGreaterThan(Object.keys(before).length + 12);
  await ask("DELETE", "/api/account", { authKey: sent.authKey });
  const after = await counts();
  const { names, entries, ...rest } = after;
  expect([names, (entries ?? 0) > 0]).toEqual([(before.names ?? 0) + 1, true]);
  const { names: _, entries: __, ...was } = before;
  expect(rest).toEqual(was);
  for (const { table, text } of await rowsOf())
    for (const mine of [practice.id, sent.user, rid, "Nord"])
      expect([table, text.includes(mine)]).toEqual([table, false]);
});
