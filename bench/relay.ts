/** `bun run bench:relay`: group calls in real Chromium, ours beside Janus in the same run, watched by the same observer. A JSON array
 * on stdout, one object per run. `PEOPLE=3,5 SECONDS=20 ROUNDS=1 LINES=0/0,3/20,0/20:dip300,0/0:noudp SYSTEMS=janus,webtransport,websocket
 * TCP=bbr SEED=1` choose (these are the defaults); lines other than 0/0 need root. */
import { needChromium } from "../scripts/chromium.ts";
import { linesMissing, makeLines } from "./lines/lines.ts";
import type { Contender, Place } from "./relay/contender.ts";
import { janusMissing, startJanus } from "./relay/janus.ts";
import { tcpCongestion } from "./relay/machine.ts";
import { startOurs } from "./relay/product.ts";
import { measure } from "./relay/run.ts";
import { isPlain, type LineSetting, lineOf } from "./relay/setting.ts";

const list = (name: string, otherwise: string) => (process.env[name] ?? otherwise).split(",");
const TIMES = { betweenMs: 1_000, settleMs: 6_000, watchMs: Number(process.env.SECONDS ?? 20) * 1000 };
const SEED = Number(process.env.SEED ?? 1);

type Start = {
  readonly missing: () => string | null;
  start(place: Place, people: number): Promise<Contender>;
};
const STARTS: Record<string, Start> = {
  janus: { missing: janusMissing, start: startJanus },
  webtransport: { missing: () => null, start: (place, people) => startOurs(place, people, "quic") },
  websocket: { missing: () => null, start: (place, people) => startOurs(place, people, "socket") },
};
const SYSTEMS = list("SYSTEMS", Object.keys(STARTS).join(","));

const LOOPBACK: Place = { address: "127.0.0.1", browserOf: () => ({}), narrow: () => undefined };

/** Runs `use` where the server and the people have such a line between them. */
async function withLine<T>(
  line: LineSetting,
  people: number,
  use: (place: Place, cc: string) => Promise<T>,
): Promise<T> {
  if (isPlain(line)) return await use(LOOPBACK, tcpCongestion());
  const cc = process.env.TCP === "cubic" ? "cubic" : "bbr";
  const made = await makeLines({ ...line, count: people, seed: SEED, tcpCongestion: cc });
  const place: Place = {
    address: made.serverAddress,
    browserOf: (who) => ({ executable: made.lines[who]?.browser ?? "" }),
    narrow: (who, kbit) => made.lines[who]?.narrow(kbit),
  };
  try {
    return await use(place, cc);
  } finally {
    await made.close();
  }
}

/** Why this run is left out, as a sentence; null where it can be. */
function missing(name: string, line: LineSetting): string | null {
  if (name === "janus" && line.udp === "blocked") return "has no way without UDP";
  const system = STARTS[name];
  return system ? (system.missing() ?? (isPlain(line) ? null : linesMissing())) : "no such system";
}

async function runOnce(name: string, people: number, line: LineSetting) {
  return await withLine(line, people, async (place, tcp) => {
    const contender = await STARTS[name]?.start(place, people);
    if (contender === undefined) return [];
    try {
      return [await measure(contender, place, { people, ...line, tcpCongestion: tcp }, TIMES)];
    } finally {
      await contender.close();
    }
  });
}

type Run = { readonly name: string; readonly people: number; readonly line: LineSetting };

/** One after the other, the systems next to each other. Dips and blocked UDP are looked at with the first number of people only. */
function* runs(round: number): Generator<Run> {
  const [few = 3, ...more] = list("PEOPLE", "3,5").map(Number);
  for (const line of list("LINES", "0/0,3/20,0/20:dip300,0/0:noudp").map(lineOf)) {
    const isUsual = line.dipKbit === null && line.udp === "open";
    for (const people of isUsual ? [few, ...more] : [few]) {
      // ABBA: what heats up or slows down in a run does so for all
      for (const name of round % 2 === 0 ? SYSTEMS : SYSTEMS.toReversed()) yield { name, people, line };
    }
  }
}

process.env.CHROMIUM = await needChromium();
const rows: unknown[] = [];
for (let round = 0; round < Number(process.env.ROUNDS ?? 1); round++) {
  for (const { name, people, line } of runs(round)) {
    const why = missing(name, line);
    if (why !== null) console.error(`left out: ${name}, ${people} people, ${JSON.stringify(line)}: ${why}`);
    else rows.push(...(await runOnce(name, people, line)));
  }
}
console.log(JSON.stringify(rows, null, 1));
