/** What the desk in a call asks of the vault: identity, links, known devices, seats. */
import { Identity } from "../../wasm/identity.ts";
import { linkKeys } from "../../wasm/link.ts";
import { seatOf } from "../../wasm/seat.ts";
import { hex } from "../../wire/bytes.ts";
import type { ItemId, Rid } from "../../wire/ids.ts";
import { KEPT_MS, type PlannedCall } from "../../wire/planned.ts";
import { Admitted } from "../call/admitted.ts";
import type { DeskKeys, KnownClient } from "../call/desk-types.ts";
import type { TextStore } from "../call/device-secrets.ts";
import { tabShelf, vaultShelf } from "./admitted-shelves.ts";
import { brandOf } from "./brand.ts";
import { itemOfRid } from "./change.ts";
import { type Client, clientOfRid, identityOf } from "./clients.ts";
import { CodeGuard } from "./code-guard.ts";
import { codesOf } from "./codes.ts";
import { noteConsent, wantedOf } from "./consents.ts";
import { type ClientDevice, type ClientRecord, DEVICES_MAX } from "./records.ts";
import type { Vault } from "./vault.ts";

/** `sessionStorage` and `localStorage`, each null where the browser has none. */
export type Stores = { readonly tab: TextStore | null; readonly browser: TextStore | null };

/** Planned calls so far ahead are near: whoever comes for one by code waits, and is told when it begins (A4). */
const NEAR_MS = 12 * 60 * 60_000;

/** The desk's keys, always from the vault's records, and from the planned calls, of this moment. Null while the vault has no identity key. */
export function deskKeysOf(
  vault: Vault,
  now: () => number,
  { tab, browser }: Stores,
  planned: () => readonly PlannedCall[],
): DeskKeys | null {
  const own = identityOf(vault.state.get().records);
  if (!own) return null;
  const guard = new CodeGuard(vault, browser, now);
  const near = () => planned().filter(({ startsAt }) => isNear(startsAt, now()));
  return {
    identity: new Identity(own.seed),
    clientOf: (rid) => {
      const client = clientOfRid(vault.state.get().records, rid);
      return client ? knownClient(client, rid) : null;
    },
    clientOfRecord: (item) => {
      const record = vault.state.get().records.get(item);
      const [link] = record?.t === "client" ? record.links : [];
      return record?.t === "client" && link ? knownClient({ item, record }, link.rid) : null;
    },
    admitted: new Admitted(now, [tabShelf(vault.owner, tab), vaultShelf(vault)]),
    rememberDevice: (item, { secret, compared }, instead) =>
      changeDevices(vault, item, (devices) =>
        [...without(devices, instead), { secret, since: now(), compared }].slice(-DEVICES_MAX),
      ),
    forgetDevice: (item, secret) => changeDevices(vault, item, (devices) => without(devices, secret)),
    seatOf: (call, record) => seatOf(vault.owner.vaultKey, call, record),
    brand: () => brandOf(vault.state.get().records),
    wanted: (item) => wantedOf(vault.state.get().records, item),
    noteConsent: (item, text, accepted) => noteConsent(vault, item, { text, accepted, now: now() }),
    codes: {
      user: vault.owner.account,
      of: (rooms) => codesOf(vault.state.get().records, rooms, near()),
      plannedAt: (record) => {
        const { records } = vault.state.get();
        const has = (rid: Rid) => itemOfRid(records, rid) === record;
        const times = near().flatMap(({ startsAt, clients }) => (clients.flat().some(has) ? [startsAt] : []));
        return times.length > 0 ? Math.min(...times) : null;
      },
      mayAnswerChosen: () => guard.chosen().state === "on",
      failed: () => guard.failed(),
      succeeded: () => guard.succeeded(),
    },
  };
}

function isNear(startsAt: number, now: number): boolean {
  return startsAt > now - KEPT_MS && startsAt <= now + NEAR_MS;
}

function knownClient({ item, record }: Client, rid: Rid): KnownClient | null {
  const psk = pskOf(record, rid);
  return psk && { record: item, name: record.name ?? record.id, psk, devices: record.devices };
}

function pskOf(record: ClientRecord, rid: Rid): Uint8Array | null {
  const link = record.links.find((each) => each.rid === rid);
  return link ? linkKeys(link.secret).psk : null;
}

/** It stays on this page and goes with the next save; until then the device is only "new" once more elsewhere. */
function changeDevices(
  vault: Vault,
  item: ItemId,
  change: (devices: readonly ClientDevice[]) => ClientDevice[],
): void {
  const saved = vault.change((records) => {
    const record = records.get(item);
    if (record?.t === "client") records.set(item, { ...record, devices: change(record.devices) });
  });
  saved.catch(() => undefined);
}

function without(devices: readonly ClientDevice[], secret: Uint8Array | undefined): ClientDevice[] {
  return devices.filter((device) => !secret || hex(device.secret) !== hex(secret));
}
