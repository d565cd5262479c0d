/** `bun run bench:relay`: group calls in real Chromium, ours beside Janus in the same run, watched by the same observer. A JSON array
 * on stdout, one object per run. `PEOPLE=3,5 SECONDS=20 ROUNDS=1 LINES=0/0,3/20 SYSTEMS=janus` choose; LINES are percent of loss /
 * milliseconds of delay, each way (other than 0/0: root). */
import { needChromium } from "../scripts/chromium.ts";
import { linesMissing, makeLines } from "./lines/lines.ts";
import type { Contender, Place } from "./relay/contender.ts";
import { janusMissing, startJanus } from "./relay/janus.ts";
import { tcpCongestion } from "./relay/machine.ts";
import { measure } from "./relay/run.ts";

const list = (name: string, otherwise: string) => (process.env[name] ?? otherwise).split(",");
const TIMES = { betweenMs: 1_000, settleMs: 6_000, watchMs: Number(process.env.SECONDS ?? 20) * 1000 };
const SEED = Number(process.env.SEED ?? 1);

type Start = { readonly missing: () => string | null; start(place: Place): Promise<Contender> };
const STARTS: Record<string, Start> = {
  janus: { missing: janusMissing, start: startJanus },
};

type Line = { readonly lossPercent: number; readonly delayMs: number };
const LOOPBACK: Place = { address: "127.0.0.1", browserOf: () => ({}) };

/** Runs `use` where the server and the people have such a line between them. */
async function withLine<T>(
  line: Line,
  people: number,
  use: (place: Place, cc: string) => Promise<T>,
): Promise<T> {
  if (line.lossPercent === 0 && line.delayMs === 0) return await use(LOOPBACK, tcpCongestion());
  const cc = process.env.TCP === "cubic" ? "cubic" : "bbr";
  const made = await makeLines({ ...line, count: people, seed: SEED, udp: "open", tcpCongestion: cc });
  const browserOf = (who: number) => ({ executable: made.lines[who]?.browser ?? "" });
  try {
    return await use({ address: made.serverAddress, browserOf }, cc);
  } finally {
    await made.close();
  }
}

async function runOnce(name: string, people: number, line: Line) {
  const system = STARTS[name];
  const missing = system
    ? (system.missing() ?? (line.lossPercent + line.delayMs > 0 ? linesMissing() : null))
    : "unknown";
  if (!system || missing !== null) {
    console.error(
      `left out: ${name}, ${people} people, ${line.lossPercent} % / ${line.delayMs} ms: ${missing}`,
    );
    return [];
  }
  return await withLine(line, people, async (place, cc) => {
    const contender = await system.start(place);
    try {
      const setting = { people, ...line, udp: "open", tcpCongestion: cc } as const;
      return [await measure(contender, setting, TIMES)];
    } finally {
      await contender.close();
    }
  });
}

process.env.CHROMIUM = await needChromium();
const rows: unknown[] = [];
for (let round = 0; round < Number(process.env.ROUNDS ?? 1); round++) {
  for (const line of list("LINES", "0/0")) {
    const [lossPercent = 0, delayMs = 0] = line.split("/").map(Number);
    for (const people of list("PEOPLE", "3,5").map(Number)) {
      for (const name of list("SYSTEMS", "janus")) {
        rows.push(...(await runOnce(name, people, { lossPercent, delayMs })));
      }
    }
  }
}
console.log(JSON.stringify(rows, null, 1));
