/** How long the TP1 handshake takes, both sides together, without the network: `bun bench/handshake.ts`. */
import { newPair, shakeHands } from "../wasm/pair.ts";
import { ready } from "../wasm/sodium.ts";

/** Higher: the figure moves less from run to run. Lower: `bench:call` is done sooner. */
const RUNS = 400;
/** Runs before the first that counts: the engine compiles meanwhile. */
const WARM_UP = 50;

/** Milliseconds of CPU time for M1 to M4 on both sides. */
export type HandshakeTime = { readonly p50: number; readonly p95: number; readonly n: number };

/** Measures `n` handshakes with fresh ephemeral keys. Deriving the link's and the identity's keys is inside the clock,
 * although the therapist's page does the latter only once: the figure errs to the high side. */
export async function measureHandshake(n = RUNS): Promise<HandshakeTime> {
  await ready();
  for (let i = 0; i < WARM_UP; i++) runOnce();
  const times = Array.from({ length: n }, runOnce).sort((a, b) => a - b);
  return { p50: at(times, 0.5), p95: at(times, 0.95), n };
}

function runOnce(): number {
  const start = performance.now();
  const { atClient, atTherapist } = shakeHands(newPair());
  const took = performance.now() - start;
  atClient.channel.close();
  atTherapist.channel.close();
  return took;
}

/** The value below which the share `part` of the sorted times lies. */
function at(times: readonly number[], part: number): number {
  const value = times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return Math.round(value * 1000) / 1000;
}

if (import.meta.main) console.log(JSON.stringify({ handshakeMs: await measureHandshake() }));
