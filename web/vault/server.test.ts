/** Account and vault through the real API client against the real server in this process: what the double promises, it does. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { createRig, ORIGIN, type Rig } from "../../server/testing/rig.ts";
import { passwordKeys } from "../../wasm/password.ts";
import { formatRecovery } from "../../wasm/recovery.ts";
import { ready } from "../../wasm/sodium.ts";
import type { UserName } from "../../wire/names.ts";
import { accountApi, sessionsApi } from "../api/account.ts";
import { roomsApi } from "../api/calls.ts";
import { connectApi } from "../api/server.ts";
import { vaultApi } from "../api/vault.ts";
import * as account from "./account.ts";
import { clientFor, ensureIdentity, findClient, handlesOfClient } from "./clients.ts";
import { KeyKeep } from "./device.ts";
import { Refused } from "./remote.ts";
import type { Owner } from "./seal.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const user = "anna.berg" as UserName;
const password = "Vorhang Eimer Fluss Kissen";
const NOW = 1_700_000_000_000;
let rig: Rig;

/** A browser's fetch: keeps its cookies, says its origin. */
function browser(): typeof fetch {
  const jar = new Map<string, string>();
  const ask = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    request.headers.set("origin", ORIGIN);
    request.headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await rig.handle(request);
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    return answer;
  };
  return Object.assign(ask, { preconnect: () => {} });
}

const parts = (): account.AccountParts => ({
  remote: accountApi,
  stretch: async (typed, name, salt) =>
    passwordKeys(typed, name, salt, { passes: 3, memoryBytes: 64 * 1024 * 1024 }),
  keep: new KeyKeep(memoryShelf(), () => NOW),
});
const open = (owner: Owner) =>
  Vault.load({ owner, remote: vaultApi, witness: new Witness(memoryShelf(), owner.account) });

beforeAll(async () => {
  await ready();
  rig = await createRig();
});
afterAll(() => rig.close());

test("[product 3] register, make a client, and find the same link from a second browser and after recovery", async () => {
  connectApi(ORIGIN, browser());
  expect(await accountApi.session()).toBeNull();
  const recovery = account.makeRecovery();
  const owner = await account.register(parts(), { user, email: null, invitation: null, password, recovery });
  const vault = await open(owner);
  await ensureIdentity(vault, NOW);
  const client = await clientFor(vault, "K-1042", NOW);
  const room = await roomsApi.open([handlesOfClient(client)]);
  expect(room.clients).toEqual([handlesOfClient(client)]);
  const again = roomsApi.open([handlesOfClient(client)]);
  await expect(again).rejects.toMatchObject({ code: "room.client-open", room: room.room });

  connectApi(ORIGIN, browser());
  await expect(account.logIn(parts(), user, "falsch")).rejects.toMatchObject({ code: "login.wrong" });
  const second = await open(await account.logIn(parts(), user, password));
  expect(findClient(second.state.get().records, "k1042")?.record.links).toEqual(client.record.links);
  expect((await sessionsApi.list()).length).toBe(2);
  expect((await roomsApi.list()).map((open) => open.room)).toEqual([room.room]);

  connectApi(ORIGIN, browser());
  const opened = await account.openByRecovery(parts(), user, formatRecovery(recovery));
  const next = { password: "ganz neue lange Worte", recovery: account.makeRecovery() };
  const third = await open(await account.recover(parts(), opened, next));
  expect(findClient(third.state.get().records, "K 1042")?.record.links).toEqual(client.record.links);
  expect((await sessionsApi.list()).length).toBe(1);
});

test("[2 6] two devices writing at once on the real counter: both find both", async () => {
  const other = "berta" as UserName;
  connectApi(ORIGIN, browser());
  const registration = {
    user: other,
    email: null,
    invitation: null,
    password,
    recovery: account.makeRecovery(),
  };
  const owner = await account.register(parts(), registration);
  const [first, second] = [await open(owner), await open(owner)];
  await Promise.all([clientFor(first, "A", NOW), clientFor(second, "B", NOW), clientFor(first, "C", NOW)]);
  const all = await open(owner);
  for (const id of ["A", "B", "C"]) expect(findClient(all.state.get().records, id)).toBeDefined();
  expect(all.state.get().trouble).toBeNull();
});

test("an answer that is not ours is 'offline', not a crash", async () => {
  connectApi(
    ORIGIN,
    Object.assign(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }), {
      preconnect: () => {},
    }),
  );
  await expect(roomsApi.list()).rejects.toEqual(new Refused("offline"));
  connectApi(
    ORIGIN,
    Object.assign(async () => Promise.reject(new TypeError("no route")), { preconnect: () => {} }),
  );
  await expect(vaultApi.readVault()).rejects.toMatchObject({ code: "offline" });
});
