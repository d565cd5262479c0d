/** One of several processes that settle the same calls on one file: `settling.process.ts <url> <calls> <practices, by comma>`. Says as JSON
 * how often it was the one that settled, and how often somebody had. */
import { createHash } from "node:crypto";
import type { CallId, PracticeId, RoomId } from "../../wire/ids.ts";
import { StoreBusy } from "../errors.ts";
import { openStore } from "../store.ts";
import { BY_LENGTH, sampleInterval, sampleMetered } from "./metered.ts";

const [url = "", calls = "", practices = ""] = process.argv.slice(2);
const ids = practices.split(",") as PracticeId[];
const store = await openStore({ url, token: null });
const counts = { settled: 0, already: 0, nothing: 0, busy: 0 };
// both begin together
process.stdout.write("ready\n");
for await (const _ of process.stdin) break;
for (let n = 0; n < Number(calls); n++) counts[await settle(n)] += 1;
await store.close();
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);

/** Settles call `n`, which is `n + 1` milliseconds long; a database that stays busy is asked again, as the product does. */
async function settle(n: number) {
  const practice = ids[n % ids.length];
  if (practice === undefined) throw new Error("no practice");
  const call = createHash("sha256").update(`call ${n}`).digest("hex").slice(0, 32);
  const more = { call: call as CallId, room: call as string as RoomId };
  const metered = sampleMetered(practice, [sampleInterval(1000 + n, n + 1)], more);
  for (;;) {
    try {
      return await store.calls.settle(metered, BY_LENGTH, 9_000_000);
    } catch (error) {
      if (!(error instanceof StoreBusy)) throw error;
      counts.busy += 1;
    }
  }
}
