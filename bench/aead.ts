/** What sealing and opening a frame costs in this engine, beside WebCrypto's AES-GCM in the same run. Runs in a page and in Bun. */

import { Opener } from "../wasm/opener.ts";
import { keysOfEpoch } from "../wasm/roster.ts";
import { Sealer } from "../wasm/sealer.ts";
import { randomBytes, ready } from "../wasm/sodium.ts";
import { type Bytes, concat, u32be } from "../wire/bytes.ts";
import { STREAM } from "../wire/frame.ts";

/** Sizes in bytes: 20 ms of sound, a small and a large picture; with how many of each in a round. */
const SIZES = [
  { bytes: 120, count: 4_000 },
  { bytes: 4_096, count: 1_500 },
  { bytes: 40_960, count: 300 },
] as const;
/** Higher: the best round is found more surely. Lower: the bench is done sooner. */
const ROUNDS = 5;

/** Microseconds per call, the best round. `frame` is our sealer and opener, `aesGcm` WebCrypto's AES-256, each call awaited. */
export type SealCost = {
  readonly bytes: number;
  readonly frame: { readonly seal: number; readonly open: number };
  readonly aesGcm: { readonly seal: number; readonly open: number };
};

/** All sizes, one after the other. */
export async function measureSeal(): Promise<SealCost[]> {
  await ready();
  const out: SealCost[] = [];
  for (const { bytes, count } of SIZES) {
    const plain = randomBytes(bytes);
    out.push({ bytes, frame: best(() => frames(plain, count)), aesGcm: await aesGcm(plain, count) });
  }
  return out;
}

type Cost = { readonly seal: number; readonly open: number };

function best(run: () => Cost): Cost {
  return least(Array.from({ length: ROUNDS }, run));
}

function least(costs: readonly Cost[]): Cost {
  const min = (pick: (cost: Cost) => number) => Math.round(Math.min(...costs.map(pick)) * 100) / 100;
  return { seal: min(({ seal }) => seal), open: min(({ open }) => open) };
}

/** One round through the whole of sealer and opener: header, nonce, window and all. */
function frames(plain: Bytes, count: number): Cost {
  const [host, pid, csid, secret] = [randomBytes(16), randomBytes(16), randomBytes(16), randomBytes(32)];
  const roster = [host, pid].map((one, slot) => ({ pid: one, slot, name: "" }));
  const keysFor = (who: Bytes) => keysOfEpoch({ csid, rv: 1, secret, roster }, who);
  const [sealer, opener] = [new Sealer({ pid, slot: 1 }), new Opener()];
  sealer.use(keysFor(pid));
  opener.install(keysFor(host), 0);
  const start = performance.now();
  const sealed = Array.from({ length: count }, () => sealer.seal(STREAM.camera0, plain));
  const between = performance.now();
  let good = 0;
  for (const frame of sealed) if (typeof opener.open(frame, 0) === "object") good += 1;
  const end = performance.now();
  if (good !== count) throw new Error("a frame did not open");
  return { seal: ((between - start) / count) * 1000, open: ((end - between) / count) * 1000 };
}

async function aesGcm(plain: Bytes, count: number): Promise<Cost> {
  const key = await crypto.subtle.importKey("raw", randomBytes(32), "AES-GCM", false, ["encrypt", "decrypt"]);
  const additionalData = new Uint8Array(8);
  const ivs = Array.from({ length: count }, (_, i) => concat(new Uint8Array(8), u32be(i)));
  const costs: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const sealed: ArrayBuffer[] = [];
    for (const iv of ivs) {
      sealed.push(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain));
    }
    const between = performance.now();
    for (const [i, box] of sealed.entries()) {
      await crypto.subtle.decrypt({ name: "AES-GCM", iv: ivs[i] ?? box, additionalData }, key, box);
    }
    const end = performance.now();
    costs.push({ seal: ((between - start) / count) * 1000, open: ((end - between) / count) * 1000 });
  }
  return least(costs);
}
