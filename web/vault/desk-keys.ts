/** What the desk in a call asks of the vault: identity, links, known devices, seats. */
import { Identity } from "../../wasm/identity.ts";
import { linkKeys } from "../../wasm/link.ts";
import { seatOf } from "../../wasm/seat.ts";
import type { Rid } from "../../wire/ids.ts";
import type { DeskKeys } from "../call/desk-types.ts";
import { clientOfRid, identityOf } from "./clients.ts";
import { type ClientRecord, DEVICES_MAX } from "./records.ts";
import type { Vault } from "./vault.ts";

/** The desk's keys, always from the vault's records of this moment. Null while the vault has no identity key. */
export function deskKeysOf(vault: Vault, now: () => number): DeskKeys | null {
  const own = identityOf(vault.state.get().records);
  if (!own) return null;
  return {
    identity: new Identity(own.seed),
    clientOf: (rid) => {
      const client = clientOfRid(vault.state.get().records, rid);
      const psk = client && pskOf(client.record, rid);
      if (!client || !psk) return null;
      const devices = client.record.devices.map((device) => device.secret);
      return { record: client.item, name: client.record.name ?? client.record.id, psk, devices };
    },
    rememberDevice: (item, secret) => {
      const saved = vault.change((records) => {
        const record = records.get(item);
        if (record?.t !== "client") return;
        const devices = [...record.devices, { secret, since: now() }].slice(-DEVICES_MAX);
        records.set(item, { ...record, devices });
      });
      // it stays on this page and goes with the next save; until then the device is only "new" once more
      saved.catch(() => undefined);
    },
    seatOf: (call, record) => seatOf(vault.owner.vaultKey, call, record),
  };
}

function pskOf(record: ClientRecord, rid: Rid): Uint8Array | null {
  const link = record.links.find((each) => each.rid === rid);
  return link ? linkKeys(link.secret).psk : null;
}
