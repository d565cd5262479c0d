/** Where the list of the admitted lies (A5): in this tab for a reload, in the vault for the therapist's next device; both sealed
 * under the vault key. */
import { openPage, sealPage } from "../../wasm/item.ts";
import { base64url, fromBase64url } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import type { AdmittedEntry, AdmittedShelf } from "../call/admitted.ts";
import type { TextStore } from "../call/device-secrets.ts";
import { decodeRecord, encodeRecord } from "./records.ts";
import type { Owner } from "./seal.ts";
import type { Vault } from "./vault.ts";

const KEY = "tpc.admitted";
/** Higher: less of the ten minutes is left for a therapist whose tab is gone. Lower: a commit a minute for all of a call. */
const VAULT_EVERY_MS = 4 * 60_000;

/** The list in this tab; `store` is the tab's `sessionStorage`, null where the browser forbids it. */
export function tabShelf({ account, vaultKey }: Owner, store: TextStore | null): AdmittedShelf {
  return {
    everyMs: 0,
    read: () => {
      try {
        const kept = store?.getItem(KEY);
        const box = kept ? fromBase64url(kept) : null;
        const record = box ? decodeRecord(openPage(vaultKey, account, box)) : undefined;
        return record?.t === "admitted" ? record.entries : [];
      } catch {
        return [];
      }
    },
    write: (list) => {
      try {
        const box = sealPage(vaultKey, account, encodeRecord({ t: "admitted", entries: [...list] }));
        store?.setItem(KEY, base64url(box));
      } catch {
        // a full or forbidden store: the vault has it a little later
      }
    },
  };
}

/** The list in the vault: what could not be saved stays and goes with the next change. */
export function vaultShelf(vault: Vault): AdmittedShelf {
  const write = (list: readonly AdmittedEntry[]) => {
    const saved = vault.change((records) => {
      const old = [...records].find(([, record]) => record.t === "admitted");
      records.set(old?.[0] ?? newId<ItemId>(), { t: "admitted", entries: [...list] });
    });
    saved.catch(() => undefined);
  };
  return { everyMs: VAULT_EVERY_MS, read: () => entriesOf(vault), write };
}

function entriesOf(vault: Vault): readonly AdmittedEntry[] {
  for (const record of vault.state.get().records.values()) if (record.t === "admitted") return record.entries;
  return [];
}
