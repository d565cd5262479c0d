/** [bad input] Every decoder of the server that a stranger reaches, under seeded junk; `bun run fuzz:million` is the long run of the same.
 * A failure prints its seed; `FUZZ_SEED=…` repeats it. */
import { describe, expect, test } from "bun:test";
import { dice, FUZZ_SEEDS, fuzzSteps } from "../wire/junk.testing.ts";
import { STRANGERS } from "./testing/strangers/all.ts";

for (const [name, make] of Object.entries(STRANGERS)) {
  describe(`[bad input] ${name}`, () => {
    test.each(FUZZ_SEEDS)(
      "nothing throws, and what must hold holds (FUZZ_SEED=%d)",
      async (seed) => {
        const { feed, close } = await make();
        const roll = dice(seed);
        let taken = 0;
        for (let step = fuzzSteps(name.startsWith("HTTP") ? 120 : 600); step > 0; step--)
          if (await feed(roll)) taken += 1;
        await close?.();
        // junk that never gets past the first look would test nothing
        expect(taken).toBeGreaterThan(0);
      },
      30_000,
    );
  });
}
