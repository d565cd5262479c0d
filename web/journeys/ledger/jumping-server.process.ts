/** The product with a hand on the clock by which presence is measured: each SIGUSR2 moves it by 49 minutes. A composition root of the
 * journeys' own, so that the product itself has no switch that touches money. */
import { readConfig } from "../../../server/config.ts";
import { start } from "../../../server/start.ts";

const JUMP_MS = 49 * 60_000;

let moved = 0;
process.on("SIGUSR2", () => {
  moved += JUMP_MS;
});
const running = await start(readConfig(process.env), ({ mono, wall }) => ({
  mono: mono + moved,
  wall: wall + moved,
}));
process.on("SIGTERM", () => void running.stop().then(() => process.exit(0)));
