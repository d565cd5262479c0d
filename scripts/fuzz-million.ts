/** `bun run fuzz:million [seed] [inputs] [word]`: each decoder of the server that a stranger reaches, under a million inputs; one line of JSON
 * for each. `word`: only those named so. Files lie in memory where there is a place for them. */
import { existsSync } from "node:fs";
import { installPackages } from "./setup.ts";

await installPackages();
const [given, inputs = "1000000", word = ""] = process.argv.slice(2);
const seed = Number(given ?? crypto.getRandomValues(new Uint32Array(1))[0]);
if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";
const { dice } = await import("../wire/junk.testing.ts");
const { STRANGERS } = await import("../server/testing/strangers/all.ts");

async function run(name: string): Promise<boolean> {
  const { feed, close } = await (STRANGERS[name] ?? (() => Promise.reject(new Error(name))))();
  const roll = dice(seed);
  const began = performance.now();
  let [taken, input, fault] = [0, 0, null as string | null];
  try {
    for (; input < Number(inputs); input++) if (await feed(roll)) taken += 1;
  } catch (error) {
    fault =
      error instanceof Error ? `${error.message} ${error.stack?.split("\n")[1]?.trim() ?? ""}` : "unknown";
  }
  await close?.();
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const mib = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(JSON.stringify({ decoder: name, seed, inputs: input, taken, seconds, mib, fault }));
  return fault === null;
}

let failed = 0;
for (const name of Object.keys(STRANGERS)) if (name.includes(word) && !(await run(name))) failed += 1;
process.exit(failed === 0 ? 0 : 1);
