/** `bun run bench:scale`: rooms of five under load, 1, 5, 10, 20, 50 of them: what the relay's process uses, and how long it holds a
 * frame. A JSON array on stdout. `ROOMS=1,10 SECONDS=10 SETTLE=8 WAYS=socket,quic` choose. Loopback only. */
import { measureLoad } from "./load/load.ts";
import type { LoadWay } from "./load/relay.ts";
import { onServerBun } from "./load/server-bun.ts";

const ROOMS = (process.env.ROOMS ?? "1,5,10,20,50").split(",").map(Number);
const WAYS = (process.env.WAYS ?? "socket,quic").split(",") as LoadWay[];
const [settle, watch] = [process.env.SETTLE ?? 8, process.env.SECONDS ?? 10].map(
  (text) => Number(text) * 1000,
);
/** More rooms than this are bounded in what they check: opening all of it would take the processor from the relay. */
const OPEN_ALL_ROOMS = 5;
const PEOPLE = 5;

await onServerBun(import.meta.path);
const rows: unknown[] = [];
for (const rooms of ROOMS) {
  for (const way of WAYS) {
    const openEvery = rooms <= OPEN_ALL_ROOMS ? 1 : 20;
    const options = { way, rooms, people: PEOPLE, seed: 1, openEvery };
    await measureLoad(options, settle ?? 0, watch ?? 0).then(
      (row) => rows.push(row),
      (error) => {
        process.exitCode = 1;
        console.error(
          `no row for ${rooms} rooms by ${way}: ${error instanceof Error ? error.message : error}`,
        );
      },
    );
  }
}
console.log(JSON.stringify(rows, null, 1));
