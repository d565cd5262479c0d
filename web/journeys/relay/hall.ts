/** Starts and ends the hall (`hall.process.ts`), and lets people in. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { keptBun } from "../../../scripts/kept-bun.ts";
import type { PlaneWant } from "../../call/relay-plane.ts";
import { type Person, type PersonOptions, person } from "../people.ts";
import { freePort } from "../product.ts";
import type { Sign } from "../signs.ts";
import type { SaidPasses } from "./page.ts";

const BUN = keptBun() ?? (process.versions.bun ? process.execPath : "bun");

export type Hall = {
  readonly origin: string;
  readonly people: readonly Person[];
  /** Lets one more person in, in the next slot, with camera and microphone on. `missing`: globals that this browser has not, in
   * workers neither. */
  enter(
    sign: Sign,
    options?: Partial<PersonOptions>,
    missing?: readonly string[],
    udp?: "answered" | "unanswered",
  ): Promise<Person>;
  /** Whether the server offers QUIC: its addon needs a newer libc than some machines have. */
  hasQuic(): Promise<boolean>;
  /** Everybody sees everybody at this height. */
  everybodyLooks(height: number): Promise<void>;
  post(path: string): Promise<void>;
  /** Ends the server; `start` brings it back on the same port, knowing nobody. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

/** `quic`: sessions may go by WebTransport; null from `quicMissing` says that this machine can. */
export async function openHall(by: "quic" | "sockets" = "sockets"): Promise<Hall> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const people: Person[] = [];
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(BUN, [join(import.meta.dirname, "hall.process.ts"), String(port), by], {
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
  const enter: Hall["enter"] = async (sign, options = {}, missing = [], udp = "answered") => {
    const slot = people.length;
    const one = await person({ sign, origin, ...options });
    people.push(one);
    await one.page.goto(`${origin}/?missing=${missing.join(",")}&udp=${udp}`);
    await one.page.evaluate((at) => window.enter?.(at), slot);
    return one;
  };
  const everybodyLooks = async (height: number) => {
    for (const [own, { page }] of people.entries()) {
      const others = people.map((_, slot) => slot).filter((slot) => slot !== own);
      const wants = others.map((slot): PlaneWant => ({ slot, screen: false, height, rank: slot }));
      await page.evaluate((all) => window.look?.(all), wants);
    }
  };
  const close = async () => {
    await Promise.all(people.map(({ browser }) => browser.close()));
    await kill();
  };
  const post = async (path: string) => void (await fetch(`${origin}${path}`, { method: "POST" }));
  const hasQuic = async () => {
    const passes = (await (await fetch(`${origin}/passes?slot=8`)).json()) as SaidPasses;
    return passes.quic.length > 0;
  };
  await start();
  return { origin, people, hasQuic, enter, everybodyLooks, post, kill, start, close };
}
