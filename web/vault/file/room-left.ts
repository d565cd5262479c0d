/** Whether a vault would still fit into what the server keeps for one account, asked before many entries are made at once. */
import { encodeRecord, type VaultRecord } from "../records.ts";

/** The server's bound (`db/vault.ts`). */
export const VAULT_BYTES_MAX = 8 * 1024 * 1024;
/** As items are sealed: padded, with nonce and tag. */
const BLOCK_BYTES = 256;
const BOX_BYTES = 40;

/** True where all records together fit. */
export function fits(records: Iterable<VaultRecord>): boolean {
  let bytes = 0;
  for (const record of records) {
    // the padding is one byte at least
    const blocks = Math.floor(encodeRecord(record).length / BLOCK_BYTES) + 1;
    bytes += blocks * BLOCK_BYTES + BOX_BYTES;
  }
  return bytes <= VAULT_BYTES_MAX;
}
