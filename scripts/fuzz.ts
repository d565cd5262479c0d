/** `bun run fuzz [seed]`: the seeded fuzz tests for longer than the test run has time; prints how to repeat what it did. */
import { installPackages, run } from "./setup.ts";

/** Higher: one run takes longer than a coffee. Lower: no more than what every test run does. */
const STEPS = 20_000;

await installPackages();
const seed = process.argv[2] ?? String(crypto.getRandomValues(new Uint32Array(1))[0]);
console.log(`seed ${seed}; the same again: bun run fuzz ${seed}`);
process.exit(
  await run([process.execPath, "test", "--timeout", "3600000", "fuzz"], {
    FUZZ_SEED: seed,
    FUZZ_STEPS: String(STEPS),
  }),
);
