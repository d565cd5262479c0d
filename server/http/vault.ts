/** The sealed vault of a practice: fetched whole, written by changes that name the counter they were made on. */
import { Elysia, t } from "elysia";
import type { VaultChange } from "../../db/vault.ts";
import { base64url } from "../../wire/bytes.ts";
import type { ItemId, Rid } from "../../wire/ids.ts";
import { anyAccount, type Base } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { binary, bytesOf, id } from "./shapes.ts";

/** A record: nonce 24 B, tag 16 B, padded text. Higher: one record fills the vault. Lower: a client with a long note and
 * a small logo no longer fits. */
export const ITEM_BYTES_MAX = 64 * 1024;
/** The manifest has some 30 B for each record, sealed. */
export const MANIFEST_BYTES_MAX = 512 * 1024;
/** Records or links in one write. Higher: one write holds the database longer. Lower: an import takes more turns. */
export const CHANGES_MAX = 256;

const COUNTER_MAX = Number.MAX_SAFE_INTEGER - 1;
const few = (shape: typeof id) => t.Array(shape, { maxItems: CHANGES_MAX });

const change = t.Object({
  base: t.Integer({ minimum: 0, maximum: COUNTER_MAX }),
  manifest: binary(40, MANIFEST_BYTES_MAX),
  put: t.Array(
    t.Object({
      id,
      version: t.Integer({ minimum: 0, maximum: 0xffffffff }),
      box: binary(40, ITEM_BYTES_MAX),
    }),
    { maxItems: CHANGES_MAX },
  ),
  drop: few(id),
  links: t.Object({ add: few(id), drop: few(id) }),
});

/** `GET|POST /api/vault`. */
export function vault(base: Base) {
  return new Elysia()
    .use(anyAccount(base))
    .get("/vault", async ({ me }) => {
      const { counter, manifest, items } = await base.store.vaults.of(me.practice);
      return {
        counter,
        manifest: manifest === null ? null : base64url(manifest),
        items: items.map((item) => ({ ...item, box: base64url(item.box) })),
      };
    })
    .post(
      "/vault",
      async ({ me, employment, body }) => {
        const { add, drop } = body.links;
        // staff have a vault for what is shared with them, and no clients of their own
        if (employment !== null && add.length + drop.length > 0) throw new ApiFailure("staff.forbidden");
        const answer = await base.store.vaults.apply(me.practice, changeOf(body), base.clock.now());
        if (answer === "behind") throw new ApiFailure("vault.conflict");
        if (answer === "full") throw new ApiFailure("vault.full");
        if (answer === "link-taken") throw new ApiFailure("link.taken");
        if (drop.length > 0) {
          base.events.linksGone(me.practice, drop as Rid[]);
          base.events.opened(me.practice);
        }
        return answer;
      },
      { body: change },
    );
}

function changeOf(body: typeof change.static): VaultChange {
  return {
    base: body.base,
    manifest: bytesOf(body.manifest),
    put: body.put.map((item) => ({ id: item.id as ItemId, version: item.version, box: bytesOf(item.box) })),
    drop: body.drop as ItemId[],
    links: { add: body.links.add as Rid[], drop: body.links.drop as Rid[] },
  };
}
