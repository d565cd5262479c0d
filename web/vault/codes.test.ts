/** Codes of a practice [TP1 2.3]: the ID until a generated one replaces it, all different; and the count of guesses at them [A4],
 * which neither a reload nor an older vault forgets. */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { isGenerated } from "../../wasm/code.ts";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { newId, type RoomId } from "../../wire/ids.ts";
import { normalClientId, type UserName } from "../../wire/names.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import type { TextStore } from "../call/device-secrets.ts";
import { type Client, changeSettings, clientFor, findClient, handlesOfClient } from "./clients.ts";
import { CodeGuard } from "./code-guard.ts";
import { codeOf, codesOf, generateCode, isTaken, shownCode } from "./codes.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { type Seen, Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const MINUTE = 60_000;
let now = 1_800_000_000_000;
let remote: RemoteDouble;
let vaultKey: Bytes;

beforeAll(ready);
beforeEach(() => {
  remote = new RemoteDouble();
  vaultKey = newVaultKey();
});

function device(from = remote): Promise<Vault> {
  const witness = new Witness(memoryShelf<Seen>(), account);
  return Vault.load({ owner: { account, vaultKey }, remote: from, witness });
}
function memory(): TextStore {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}
const roomOf = (...clients: Client[]): OpenRoom => ({
  room: newId<RoomId>(),
  clients: clients.map(handlesOfClient),
  closesAt: now,
  startable: true,
  call: null,
});
const again = (vault: Vault, id: string) => findClient(vault.state.get().records, id) as Client;

describe("codes", () => {
  test("the ID is the code until one is generated; then the ID lets nobody in", async () => {
    const vault = await device();
    const client = await clientFor(vault, "K-1042", now);
    expect([codeOf(client.record), shownCode(client.record)]).toEqual(["K1042" as never, "K-1042"]);
    await generateCode(vault, client.item);
    const { record } = again(await device(), "K-1042");
    expect(isGenerated(codeOf(record))).toBe(true);
    expect(normalClientId(shownCode(record))).toBe(codeOf(record));
    const [code, ...more] = codesOf(vault.state.get().records, [roomOf(again(vault, "K-1042"))]);
    expect([code, more]).toEqual([{ record: client.item, code: codeOf(record), isGenerated: true }, []]);
  });

  test("where the practice wants it, each new client gets a generated code; those before keep their ID", async () => {
    const vault = await device();
    await clientFor(vault, "K-1", now);
    await changeSettings(vault, { newCodes: true }, now);
    await clientFor(vault, "K-2", now);
    const codes = ["K-1", "K-2", "K-1"].map((id) => again(vault, id).record.code !== null);
    expect(codes).toEqual([false, true, false]);
    await changeSettings(await device(), { newCodes: false }, now + 1);
    await clientFor(await device(), "K-3", now);
    expect(again(await device(), "K-3").record.code).toBeNull();
  });

  test("[A4] clients of the given rooms come first, then who was here last; at most sixteen, each once", async () => {
    const vault = await device();
    for (let i = 0; i < 17; i++) await clientFor(vault, `C-${i}`, now + i);
    const [a, b] = [await clientFor(vault, "A", 0), await clientFor(vault, "B", 0)];
    const { records } = vault.state.get();
    const codes = codesOf(records, [roomOf(b), roomOf(a, b)]).map(({ code }) => code as string);
    expect(codes.slice(0, 4)).toEqual(["B", "A", "C16", "C15"]);
    expect([codes.length, new Set(codes).size]).toEqual([16, 16]);
  });

  test("an ID that is another client's code already gets a generated one", async () => {
    const vault = await device();
    const first = await clientFor(vault, "K-1", now);
    await generateCode(vault, first.item);
    const code = shownCode(again(vault, "K-1").record);
    const second = await clientFor(vault, code.toLowerCase(), now);
    expect(isGenerated(codeOf(second.record))).toBe(true);
    expect(codeOf(second.record)).not.toBe(codeOf(again(vault, "K-1").record));
  });

  test("a code is taken by its owner's ID and by its code, not by oneself", async () => {
    const vault = await device();
    const { item } = await clientFor(vault, "K-1", now);
    await generateCode(vault, item);
    const { records } = vault.state.get();
    for (const code of [codeOf(again(vault, "K-1").record), normalClientId("K-1") as never]) {
      expect([isTaken(records, code), isTaken(records, code, item)]).toEqual([true, false]);
    }
  });
});

describe("[A4] guesses", () => {
  const fail = (guard: CodeGuard, times: number) => {
    for (let i = 0; i < times; i++) guard.failed();
  };

  test("five failures pause chosen codes for ten minutes, on another device of the practice too", async () => {
    const vault = await device();
    const guard = new CodeGuard(vault, memory(), () => now);
    fail(guard, 4);
    expect(guard.chosen().state).toBe("on");
    fail(guard, 1);
    // at one moment of the clock: each failure counts all the same, a millisecond apart
    expect(guard.chosen()).toEqual({ state: "paused", until: now + 4 + 10 * MINUTE });
    await vault.save();
    expect(new CodeGuard(await device(), null, () => now).chosen().state).toBe("paused");
    now += 4 + 10 * MINUTE;
    expect(guard.chosen().state).toBe("on");
  });

  test("an older vault given by the server forgets none: the browser knows", async () => {
    const store = memory();
    fail(new CodeGuard(await device(), store, () => now), 5);
    const rolledBack = await device(new RemoteDouble());
    expect(new CodeGuard(rolledBack, null, () => now).chosen().state).toBe("on");
    expect(new CodeGuard(rolledBack, store, () => now).chosen().state).toBe("paused");
  });

  test("21 wrong codes over days: off until switched on again, also after a reload", async () => {
    const store = memory();
    const vault = await device();
    const guard = new CodeGuard(vault, store, () => now);
    for (let i = 0; i < 20; i++) {
      guard.failed();
      now += 60 * MINUTE;
    }
    await vault.save();
    const reloaded = new CodeGuard(await device(), store, () => now);
    expect(reloaded.chosen().state).toBe("off");
    now += 1;
    reloaded.reenable();
    expect(reloaded.chosen().state).toBe("on");
  });

  test("a success forgets failures; without any it writes nothing", async () => {
    const vault = await device();
    const guard = new CodeGuard(vault, memory(), () => now);
    guard.succeeded();
    await vault.save();
    expect(remote.writes).toBe(0);
    fail(guard, 4);
    now += 1;
    guard.succeeded();
    fail(guard, 4);
    expect(guard.chosen().state).toBe("on");
  });

  test("what lies in the browser says nothing to whoever reads it", async () => {
    const kept: string[] = [];
    const store = {
      getItem: () => null,
      setItem: (key: string, value: string) => void kept.push(key + value),
    };
    new CodeGuard(await device(), store, () => now).failed();
    expect(kept.join()).not.toContain(account);
    expect(kept.join()).not.toContain(String(now));
  });
});
