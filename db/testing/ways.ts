/** Both ways to open a store, for the contract: the embedded file, and the remote way through a double of the server
 * (which proves our client's path, not a real sqld). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseAddress } from "../database.ts";
import { openStore, type Store } from "../store.ts";
import { serveHrana } from "./hrana-double.ts";

/** One way: opens the store on a new database, and takes away what it needed. `address` is for what a store never does. */
export type Way = { name: string; address: DatabaseAddress; open(): Promise<Store>; end(): void };

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), "store-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function embedded(): Way {
  const folder = newFolder();
  const address = { url: `file:${join(folder.path, "embedded.db")}`, token: null };
  return { name: "embedded file", address, open: () => openStore(address), end: folder.remove };
}

function remote(): Way {
  const folder = newFolder();
  const server = serveHrana(join(folder.path, "remote.db"), "token");
  const address = { url: server.url, token: "token" };
  const end = () => {
    server.stop();
    folder.remove();
  };
  return { name: "remote, by a double", address, open: () => openStore(address), end };
}

/** The ways, each on a database of its own. */
export function ways(): Way[] {
  return [embedded(), remote()];
}
