/** Starts and ends the hall (`hall.process.ts`), and lets people in. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { RelayWant } from "../../media/relay-media.ts";
import { type Person, type PersonOptions, person } from "../people.ts";
import { freePort } from "../product.ts";
import type { Sign } from "../signs.ts";

const BUN = process.versions.bun ? process.execPath : "bun";

export type Hall = {
  readonly origin: string;
  readonly people: readonly Person[];
  /** Lets one more person in, in the next slot, with camera and microphone on. `missing`: globals that this browser has not, in
   * workers neither. */
  enter(sign: Sign, options?: Partial<PersonOptions>, missing?: readonly string[]): Promise<Person>;
  /** Everybody sees everybody at this height. */
  everybodyLooks(height: number): Promise<void>;
  post(path: string): Promise<void>;
  /** Ends the server; `start` brings it back on the same port, knowing nobody. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

export async function openHall(): Promise<Hall> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const people: Person[] = [];
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(BUN, [join(import.meta.dirname, "hall.process.ts"), String(port)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child?.stdout?.once("data", resolve));
  };
  const kill = async () => {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await ended;
  };
  const enter = async (sign: Sign, options: Partial<PersonOptions> = {}, missing: readonly string[] = []) => {
    const slot = people.length;
    const one = await person({ sign, origin, ...options });
    people.push(one);
    await one.page.goto(`${origin}/?missing=${missing.join(",")}`);
    await one.page.evaluate((at) => window.enter?.(at), slot);
    return one;
  };
  const everybodyLooks = async (height: number) => {
    for (const [own, { page }] of people.entries()) {
      const others = people.map((_, slot) => slot).filter((slot) => slot !== own);
      const wants = others.map((slot): RelayWant => ({ slot, screen: false, height, rank: slot }));
      await page.evaluate((all) => window.look?.(all), wants);
    }
  };
  const close = async () => {
    await Promise.all(people.map(({ browser }) => browser.close()));
    await kill();
  };
  const post = async (path: string) => void (await fetch(`${origin}${path}`, { method: "POST" }));
  await start();
  return { origin, people, enter, everybodyLooks, post, kill, start, close };
}
