/** The open vault as Solid's pages read it. */
import { createMemo, createSignal, onCleanup } from "solid-js";
import { Identity } from "../../wasm/identity.ts";
import type { Rid } from "../../wire/ids.ts";
import { type Client, clientOfRid, identityOf } from "../vault/clients.ts";
import { openVault } from "../vault/phase.ts";

/** Reactive view of the open vault. Throws where none is open: only pages behind `Private` ask. */
export function createVaultView() {
  const vault = openVault();
  const [state, setState] = createSignal(vault.state.get());
  onCleanup(vault.state.watch(setState));
  const identity = createMemo(() => {
    const record = identityOf(state().records);
    return record ? new Identity(record.seed) : null;
  });
  /** The entries of a room or a planned call; a handle this device does not know yet is left out. */
  const clientsOf = (room: { readonly clients: readonly (readonly Rid[])[] }): Client[] =>
    room.clients.flatMap((rids) => {
      const found = rids
        .map((rid) => clientOfRid(state().records, rid))
        .find((client) => client !== undefined);
      return found ? [found] : [];
    });
  return { vault, state, identity, clientsOf };
}

export type VaultView = ReturnType<typeof createVaultView>;
