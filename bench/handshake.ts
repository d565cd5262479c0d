/** How long the TP1 handshakes take, both sides together, without the network: `bun bench/handshake.ts`. */
import { newCodePair, newPair, shakeByCode, shakeHands } from "../wasm/pair.ts";
import { ready } from "../wasm/sodium.ts";
import { percentile } from "./percentile.ts";

/** Higher: the figure moves less from run to run. Lower: `bench:call` is done sooner. */
const RUNS = 400;
/** Runs before the first that counts: the engine compiles meanwhile. */
const WARM_UP = 50;

/** Milliseconds of CPU time for M1 to M4 on both sides. */
export type HandshakeTime = { readonly p50: number; readonly p95: number; readonly n: number };

/** By link. Deriving the link's and the identity's keys is inside the clock, although the therapist's page does the latter
 * only once: the figure errs to the high side. */
export function measureHandshake(n = RUNS): Promise<HandshakeTime> {
  return measure(n, () => {
    const { atClient, atTherapist } = shakeHands(newPair());
    return [atClient.channel, atTherapist.channel];
  });
}

/** By code, with `open` codes in the therapist's answer (1 to 16, filled up to a multiple of four). */
export function measureCodeHandshake(open: number, n = RUNS): Promise<HandshakeTime> {
  const codes = Array.from({ length: open }, (_, i) => `client ${i}`);
  return measure(n, () => {
    const { atClient, hit } = shakeByCode(newCodePair({ codes }));
    return [atClient.channel, hit.established.channel];
  });
}

async function measure(n: number, run: () => readonly { close(): void }[]): Promise<HandshakeTime> {
  await ready();
  const once = () => {
    const start = performance.now();
    const channels = run();
    const took = performance.now() - start;
    for (const channel of channels) channel.close();
    return took;
  };
  for (let i = 0; i < WARM_UP; i++) once();
  const times = Array.from({ length: n }, once);
  return { p50: rounded(percentile(times, 50)), p95: rounded(percentile(times, 95)), n };
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

if (import.meta.main) {
  const [byLink, byCode4, byCode16] = [
    await measureHandshake(),
    await measureCodeHandshake(4),
    await measureCodeHandshake(16, 100),
  ];
  console.log(JSON.stringify({ handshakeMs: { byLink, byCode4, byCode16 } }));
}
