/** The practice's sealed logo and the sealed brand of each link (TP1 §2.9): written by the practice, read by whoever has the
 * handle or the id, opened by neither of us. */
import { Elysia, t } from "elysia";
import type { Shown } from "../../db/brands.ts";
import { BRAND_BYTES_MAX, LOGO_BYTES_MAX } from "../../wire/brand.ts";
import { base64url } from "../../wire/bytes.ts";
import type { LogoId, Rid } from "../../wire/ids.ts";
import { type Base, signedIn } from "./base.ts";
import { createBudget } from "./budget.ts";
import { addressIn } from "./entry.ts";
import { ApiFailure } from "./failure.ts";
import { binary, bytesOf, id } from "./shapes.ts";
import { CHANGES_MAX } from "./vault.ts";

/** Nonce and tag of a box. */
const BOX_BYTES = 40;
/** Padded to 256 B. Higher: a practice with many links takes more of the disk. Lower: a long name does not fit. */
export const BRAND_BOX_MAX = BRAND_BYTES_MAX + BOX_BYTES;
/** Reads of one address in 15 min: two for each visit. Higher: a stranger keeps the disk busier. Lower: the clients of a clinic
 * behind one address see no logo. */
export const READS_PER_ADDRESS = 600;
const READS_SECONDS = 15 * 60;

const picture = t.Object({ id, box: binary(BOX_BYTES + 1, LOGO_BYTES_MAX + BOX_BYTES) });
const boxes = t.Object({
  put: t.Array(t.Object({ rid: id, box: binary(BOX_BYTES + 1, BRAND_BOX_MAX) }), { maxItems: CHANGES_MAX }),
});

/** `GET /api/brand/:rid`, `GET /api/logo/:id`: without an account. What a logo's id names never changes, so it may be kept. */
export function shownBrands(base: Base) {
  const reads = createBudget(READS_PER_ADDRESS, READS_SECONDS);
  const take = async (address: string) => {
    const retryAfterSeconds = await reads.take(address);
    if (retryAfterSeconds !== null) throw new ApiFailure("brand.slow-down", { retryAfterSeconds });
  };
  return new Elysia()
    .get(
      "/brand/:rid",
      async ({ params, request, server, set }) => {
        await take(addressIn(base, { request, server, set }));
        return { box: base64url(known(await base.store.brands.boxOf(params.rid as Rid))) };
      },
      { params: t.Object({ rid: id }) },
    )
    .get(
      "/logo/:id",
      async ({ params, request, server, set }) => {
        await take(addressIn(base, { request, server, set }));
        const box = known(await base.store.brands.logoBox(params.id as LogoId));
        const headers = { "content-type": "application/octet-stream", "cache-control": KEPT };
        return new Response(box, { headers });
      },
      { params: t.Object({ id }) },
    );
}

const KEPT = "private, max-age=31536000, immutable";

/** `PUT|DELETE /api/logo`, `GET|PUT /api/brands`. */
export function brands(base: Base) {
  const { store, clock } = base;
  return new Elysia()
    .use(signedIn(base))
    .put(
      "/logo",
      async ({ me, body, set }) => {
        await store.brands.putLogo(me.practice, body.id as LogoId, bytesOf(body.box), clock.now());
        set.status = 204;
      },
      { body: picture },
    )
    .delete(
      "/logo",
      async ({ me, body, set }) => {
        await store.brands.remove(me.practice, body.id as LogoId | null);
        set.status = 204;
      },
      { body: t.Object({ id: t.Nullable(id) }) },
    )
    .get("/brands", async ({ me }) => asText(await store.brands.of(me.practice)))
    .put(
      "/brands",
      async ({ me, body, set }) => {
        const put = body.put.map(({ rid, box }) => ({ rid: rid as Rid, box: bytesOf(box) }));
        if (!(await store.brands.put(me.practice, put))) throw new ApiFailure("link.unknown");
        set.status = 204;
      },
      { body: boxes },
    );
}

function asText({ logo, brands: kept }: Shown) {
  return { logo, brands: kept.map(({ rid, box }) => ({ rid, box: base64url(box) })) };
}

function known<T>(found: T | null): T {
  if (found === null) throw new ApiFailure("brand.unknown");
  return found;
}
