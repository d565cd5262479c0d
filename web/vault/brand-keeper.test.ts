/** What clients see of the practice, kept on a server that fails, with several devices (TP1 §2.9). */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { openBrand, openLogo } from "../../wasm/brand.ts";
import { linkKeys } from "../../wasm/link.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Brand } from "../../wire/brand.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { LogoId, Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import {
  type BrandRemote,
  brandOf,
  removeLogo,
  type SealedBrand,
  type SealedBrands,
  showLogo,
} from "./brand.ts";
import { BRANDS_PER_PUT, keepBrands } from "./brand-keeper.ts";
import { clientFor } from "./clients.ts";
import { RemoteDouble } from "./remote.double.ts";
import { Refused, type RefusedCode } from "./remote.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const picture = (bytes = 900) =>
  ({ bytes: randomBytes(bytes), type: "image/webp", width: 320, height: 90 }) as const;

/** Keeps the rules of the real one that the keeper relies on. */
class BrandDouble implements BrandRemote {
  readonly server: RemoteDouble;
  logo: { id: LogoId; box: Bytes } | null = null;
  readonly boxes = new Map<Rid, Bytes>();
  readonly failures: RefusedCode[] = [];
  puts = 0;
  reads = 0;
  removed = 0;

  constructor(server: RemoteDouble) {
    this.server = server;
  }
  async putLogo(id: LogoId, box: Bytes) {
    this.#fail();
    this.logo = { id, box };
  }
  async removeLogo(id: LogoId | null) {
    this.#fail();
    if ((this.logo?.id ?? null) !== id) return;
    this.removed += 1;
    this.logo = null;
    this.boxes.clear();
  }
  async readBrands(): Promise<SealedBrands> {
    this.#fail();
    this.reads += 1;
    const known = [...this.boxes].filter(([rid]) => this.server.links.has(rid));
    return { logo: this.logo?.id ?? null, brands: known.map(([rid, box]) => ({ rid, box })) };
  }
  async putBrands(put: readonly SealedBrand[]) {
    this.#fail();
    if (put.length > BRANDS_PER_PUT) throw new Refused("request.invalid");
    if (put.some(({ rid }) => !this.server.links.has(rid))) throw new Refused("link.unknown");
    this.puts += 1;
    for (const { rid, box } of put) this.boxes.set(rid, box);
  }
  #fail() {
    const code = this.failures.shift();
    if (code) throw new Refused(code);
  }
}

let server: RemoteDouble;
let remote: BrandDouble;
let vaultKey: Bytes;
/** What the keepers wait for. */
let later: (() => void)[];

beforeAll(ready);
beforeEach(() => {
  server = new RemoteDouble();
  remote = new BrandDouble(server);
  vaultKey = newVaultKey();
  later = [];
});

const device = () =>
  Vault.load({
    owner: { account, vaultKey },
    remote: server,
    witness: new Witness(memoryShelf(), account),
  });
function keep(vault: Vault): () => void {
  const after = (_: number, run: () => void) => {
    later.push(run);
    return () => {
      later = later.filter((other) => other !== run);
    };
  };
  return keepBrands({ vault, remote, after });
}
/** Some turns of the event loop. The vault compares hashes in between, which other threads work out: a hash of our own comes back no
 * earlier than those that were asked for before it. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await crypto.subtle.digest("SHA-256", new Uint8Array(64 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
/** Lets everything that waits happen, `times` over. */
async function settle(times = 3): Promise<void> {
  for (let round = 0; round < times; round++) {
    await turns();
    for (const run of later.splice(0)) run();
  }
  await turns();
}
const show = (vault: Vault, now = 1) => showLogo(vault, picture(), { remote, locale: "de", now });
/** What the client of this entry would see. */
function seenBy(vault: Vault, id: string): Brand | null {
  for (const record of vault.state.get().records.values()) {
    const [link] = record.t === "client" && record.id === id ? record.links : [];
    const box = link && remote.boxes.get(link.rid);
    if (link && box) return openBrand(linkKeys(link.secret).brand, link.rid, box);
  }
  return null;
}

describe("[TP1 2.9] a logo", () => {
  test("is seen by all clients, those of later too, whoever makes them", async () => {
    const [vault, other] = [await device(), await device()];
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await show(vault);
    await clientFor(vault, "K-2", 2);
    await settle();
    await other.refresh();
    await clientFor(other, "K-3", 3);
    await vault.refresh();
    await settle();
    const wanted = brandOf(vault.state.get().records);
    expect(wanted?.logo).toMatchObject({ type: "image/webp", width: 320, height: 90 });
    for (const id of ["K-1", "K-2", "K-3"]) expect(seenBy(vault, id)).toEqual(wanted);
  });

  test("lies sealed at the server under the id and the key that the brand names", async () => {
    const vault = await device();
    const shown = picture();
    await showLogo(vault, shown, { remote, locale: "en", now: 1 });
    const logo = brandOf(vault.state.get().records)?.logo;
    if (!logo || !remote.logo) throw new Error("none");
    expect(remote.logo.id).toBe(logo.id);
    expect(openLogo(logo.key, logo.id, remote.logo.box)).toEqual(shown.bytes);
  });

  test("that is replaced has another id and another key, and every client sees the new one", async () => {
    const vault = await device();
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await show(vault);
    const before = brandOf(vault.state.get().records);
    await show(vault, 2);
    await settle();
    const after = brandOf(vault.state.get().records);
    expect(after?.logo?.id).not.toBe(before?.logo?.id);
    expect(after?.logo?.key).not.toEqual(before?.logo?.key);
    expect(seenBy(vault, "K-1")).toEqual(after);
  });

  test("that is removed is seen by nobody, on no device", async () => {
    const [vault, other] = [await device(), await device()];
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await show(vault);
    await settle();
    await removeLogo(vault, remote, 3);
    await settle();
    expect([remote.logo, remote.boxes.size]).toEqual([null, 0]);
    await other.refresh();
    expect(brandOf(other.state.get().records)).toBeNull();
    await clientFor(vault, "K-2", 4);
    await settle();
    expect(remote.boxes.size).toBe(0);
  });

  test("that the server could not be told to forget goes when it answers again", async () => {
    const vault = await device();
    keep(vault);
    await show(vault);
    await settle();
    remote.failures.push("offline", "offline", "offline");
    await expect(removeLogo(vault, remote, 3)).rejects.toBeInstanceOf(Refused);
    await settle(6);
    expect([remote.logo, remote.removed]).toEqual([null, 1]);
  });

  test("of a device that is a moment ahead is not taken away by one that has not heard of it", async () => {
    const [vault, other] = [await device(), await device()];
    await show(other);
    keep(vault);
    await settle();
    expect(remote.logo).not.toBeNull();
    expect(brandOf(vault.state.get().records)?.logo?.id).toBe(remote.logo?.id);
  });
});

describe("[TP1 2.9] brands", () => {
  test("that are missing, of an old logo or damaged are mended when the vault opens", async () => {
    const vault = await device();
    const stop = keep(vault);
    for (const id of ["K-1", "K-2", "K-3", "K-4"]) await clientFor(vault, id, 1);
    await show(vault);
    await settle();
    stop();
    const [first, second, third] = [...remote.boxes.keys()];
    if (!first || !second || !third) throw new Error("too few");
    remote.boxes.delete(first);
    remote.boxes.set(second, remote.boxes.get(third) ?? randomBytes(9));
    remote.boxes.set(third, randomBytes(296));
    const put: Rid[] = [];
    const whole = remote.putBrands.bind(remote);
    remote.putBrands = (boxes) => {
      put.push(...boxes.map(({ rid }) => rid));
      return whole(boxes);
    };
    const again = await device();
    keep(again);
    await settle();
    expect(put.sort()).toEqual([first, second, third].sort());
    for (const id of ["K-1", "K-2", "K-3", "K-4"])
      expect(seenBy(again, id)).toEqual(brandOf(again.state.get().records));
  });

  test("of three hundred clients go in two writes; then nothing is written or asked any more", async () => {
    const vault = await device();
    for (let n = 0; n < 300; n++) await clientFor(vault, `K-${n}`, 1);
    await show(vault);
    keep(vault);
    await settle(4);
    expect([remote.boxes.size, remote.puts, remote.reads]).toEqual([300, 2, 1]);
    await vault.save();
    await settle();
    expect([remote.puts, remote.reads]).toEqual([2, 1]);
  });

  test("are tried again after a failure, and after another device took a link away", async () => {
    const [vault, other] = [await device(), await device()];
    await clientFor(vault, "K-1", 1);
    await clientFor(vault, "K-2", 1);
    await show(vault);
    await other.refresh();
    await other.change((all) => {
      for (const [item, record] of all) if (record.t === "client" && record.id === "K-1") all.delete(item);
    });
    remote.failures.push("offline", "store.busy");
    keep(vault);
    await settle(8);
    expect([...remote.boxes.keys()]).toEqual([...server.links]);
    expect(seenBy(vault, "K-2")).toEqual(brandOf(vault.state.get().records));
  });

  test("no practice without a logo writes anything", async () => {
    const vault = await device();
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await settle();
    expect([remote.puts, remote.reads, remote.removed]).toEqual([0, 1, 0]);
  });

  test("end with the vault", async () => {
    const vault = await device();
    await show(vault);
    const stop = keep(vault);
    stop();
    await clientFor(vault, "K-1", 1);
    await settle();
    expect(remote.boxes.size).toBe(0);
  });
});
