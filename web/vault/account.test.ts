/** The account's journeys against a server in memory: the password never leaves, every way in gives the same vault key. */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { TP1Error } from "../../wasm/error.ts";
import { passwordKeys } from "../../wasm/password.ts";
import { formatRecovery } from "../../wasm/recovery.ts";
import { ready } from "../../wasm/sodium.ts";
import { hex } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import {
  type AccountParts,
  changePassword,
  deleteAccount,
  lock,
  logIn,
  makeRecovery,
  openByRecovery,
  recover,
  register,
  resume,
  unlock,
} from "./account.ts";
import { IDLE_MS, type KeptKey, KeyKeep } from "./device.ts";
import { RemoteDouble } from "./remote.double.ts";
import { Refused } from "./remote.ts";
import { type AskSecond, Left } from "./second.ts";
import { memoryShelf, type Shelf } from "./shelf.ts";

const user = "anna.berg" as UserName;
const password = "Apfel Besen Dach Eimer";
let remote: RemoteDouble;
let shelf: Shelf<KeptKey>;
let parts: AccountParts;
let now = 1_700_000_000_000;

beforeAll(ready);
beforeEach(() => {
  remote = new RemoteDouble();
  shelf = memoryShelf();
  parts = {
    remote,
    // the floor of the KDF: these tests are about the journeys, not about its cost
    stretch: async (typed, name, salt) =>
      passwordKeys(typed, name, salt, { passes: 3, memoryBytes: 64 * 1024 * 1024 }),
    keep: new KeyKeep(shelf, () => now),
  };
});

const made = (recovery = makeRecovery()) =>
  register(parts, { user, email: null, invitation: null, password, recovery });
const session = async () => {
  const found = await remote.session();
  if (!found) throw new Error("no session");
  return found;
};

describe("[TP1 2.10] account", () => {
  test("logging in gives the vault key of the registration; a wrong password and an unknown name do not", async () => {
    const { vaultKey } = await made();
    expect((await logIn(parts, user, password)).vaultKey).toEqual(vaultKey);
    await expect(logIn(parts, user, `${password} `)).rejects.toThrow(Refused);
    await expect(logIn(parts, "nobody" as UserName, password)).rejects.toThrow(Refused);
  });

  test("a password typed with composed or separate marks is the same", async () => {
    await register(parts, {
      user,
      email: null,
      invitation: null,
      password: "Schlüssel äöü",
      recovery: makeRecovery(),
    });
    await logIn(parts, user, "Schlüssel äöü".normalize("NFD"));
  });

  test("what the server gets holds neither password nor vault key nor recovery key", async () => {
    const recovery = makeRecovery();
    const { vaultKey } = await made(recovery);
    const kept = JSON.stringify(remote.accounts.get(user), (_, value) =>
      value instanceof Uint8Array ? hex(value) : value,
    );
    for (const secret of [password, hex(vaultKey), hex(recovery), formatRecovery(recovery)])
      expect(kept).not.toContain(secret);
  });

  test("a changed password opens the same vault, the old one no longer", async () => {
    const owner = await made();
    await changePassword(parts, owner, { current: password, next: "etwas ganz anderes" });
    expect((await logIn(parts, user, "etwas ganz anderes")).vaultKey).toEqual(owner.vaultKey);
    await expect(logIn(parts, user, password)).rejects.toThrow(Refused);
  });

  test("the recovery key gives the vault, a new password and a new recovery key", async () => {
    const recovery = makeRecovery();
    const { vaultKey } = await made(recovery);
    const opened = await openByRecovery(
      parts,
      user,
      formatRecovery(recovery).toLowerCase().replaceAll("-", " "),
    );
    const next = makeRecovery();
    await recover(parts, opened, { password: "neues Passwort hier", recovery: next });
    expect((await logIn(parts, user, "neues Passwort hier")).vaultKey).toEqual(vaultKey);
    expect((await openByRecovery(parts, user, formatRecovery(next))).owner.vaultKey).toEqual(vaultKey);
    await expect(openByRecovery(parts, user, formatRecovery(recovery))).rejects.toThrow(Refused);
  });

  test("a text that is no recovery key is refused before the server is asked", async () => {
    await expect(openByRecovery(parts, user, "7KQ4")).rejects.toThrow(TP1Error);
  });

  test("deleting asks for the password", async () => {
    await made();
    await expect(deleteAccount(parts, user, "falsch")).rejects.toThrow(Refused);
    await deleteAccount(parts, user, password);
    expect(remote.accounts.size).toBe(0);
    expect(await shelf.get("vault-key")).toBeUndefined();
  });
});

describe("[TP1 2.5] the vault key survives tabs", () => {
  test("a new tab of a live session opens without password", async () => {
    const { vaultKey } = await made();
    expect((await resume(parts, await session()))?.vaultKey).toEqual(vaultKey);
  });

  test("not after locking, and the password opens again", async () => {
    const { vaultKey } = await made();
    const before = await session();
    await lock(parts);
    expect(await resume(parts, await session())).toBeNull();
    expect(await resume(parts, before)).toBeNull();
    expect((await unlock(parts, await session(), password)).vaultKey).toEqual(vaultKey);
  });

  test("locking works with the server down", async () => {
    await made();
    const before = await session();
    remote.failures.push("offline");
    await lock(parts).catch(() => undefined);
    expect(await resume(parts, before)).toBeNull();
  });

  test("not after 12 h without use; a moment before, yes", async () => {
    await made();
    const kept = await shelf.get("vault-key");
    now += IDLE_MS - 1;
    expect(await resume(parts, await session())).not.toBeNull();
    if (kept) await shelf.put("vault-key", kept);
    now += 1;
    expect(await resume(parts, await session())).toBeNull();
    expect(await shelf.get("vault-key")).toBeUndefined();
  });

  test("a page in use does not become idle; one that nobody uses does", async () => {
    await made();
    now += IDLE_MS - 1;
    await parts.keep.touch();
    now += IDLE_MS - 1;
    expect(await parts.keep.isIdle()).toBe(false);
    now += 1;
    expect(await parts.keep.isIdle()).toBe(true);
    await parts.keep.touch();
    expect(await parts.keep.isIdle()).toBe(true);
  });

  test("another session's half does not open it", async () => {
    await made();
    remote.sessionHalf = new Uint8Array(32);
    expect(await resume(parts, await session())).toBeNull();
  });

  test("a lost key of a live session is had back by password without asking the server; a wrong one is told", async () => {
    const { vaultKey } = await made();
    const live = await session();
    await shelf.remove("vault-key");
    remote.failures.push("offline");
    await expect(unlock(parts, live, "falsch")).rejects.toThrow(TP1Error);
    expect((await unlock(parts, live, password)).vaultKey).toEqual(vaultKey);
  });
});

describe("second factor", () => {
  const code = "123456";
  /** Answers wrongly first, as people do. */
  const person = (answers: string[]): AskSecond => {
    return async (asked, send) => {
      expect(asked.methods).toEqual(["totp"]);
      for (const totp of answers.slice(0, -1))
        await expect(send({ totp })).rejects.toMatchObject({ code: "login.factor-wrong" });
      return send({ totp: answers.at(-1) ?? "" });
    };
  };

  test("a log-in is answered with a question, and its answer opens the same vault key", async () => {
    const { vaultKey } = await made();
    remote.factor = code;
    expect((await logIn(parts, user, password, person(["000000", code]))).vaultKey).toEqual(vaultKey);
    await expect(logIn(parts, user, password)).rejects.toMatchObject({ code: "login.second-factor" });
  });

  test("a wrong password is not asked anything; whoever leaves is not in", async () => {
    await made();
    await remote.logOut();
    remote.factor = code;
    let asked = 0;
    const leave: AskSecond = () => {
      asked += 1;
      return Promise.reject(new Left());
    };
    await expect(logIn(parts, user, `${password} `, leave)).rejects.toMatchObject({ code: "login.wrong" });
    expect(asked).toBe(0);
    await expect(logIn(parts, user, password, leave)).rejects.toBeInstanceOf(Left);
    expect([asked, await remote.session()]).toEqual([1, null]);
  });

  test("a locked session asks as a log-in does; while the server holds its half nothing is asked", async () => {
    const { vaultKey } = await made();
    remote.factor = code;
    expect((await unlock(parts, await session(), password)).vaultKey).toEqual(vaultKey);
    const locked = { ...(await session()), sessionHalf: null };
    expect((await unlock(parts, locked, password, person([code]))).vaultKey).toEqual(vaultKey);
  });

  test("recovery asks too, and carries the ticket to the new password", async () => {
    const recovery = makeRecovery();
    const { vaultKey } = await made(recovery);
    remote.factor = code;
    const opened = await openByRecovery(parts, user, formatRecovery(recovery), person([code]));
    expect(opened.owner.vaultKey).toEqual(vaultKey);
    const next = { password: "Fluss Garten Hut", recovery: makeRecovery() };
    await expect(recover(parts, { ...opened, ticket: undefined }, next)).rejects.toThrow(Refused);
    expect((await recover(parts, opened, next)).vaultKey).toEqual(vaultKey);
  });
});
