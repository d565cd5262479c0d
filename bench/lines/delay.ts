/** One direction of a line: a packet that is not lost comes out in order, `delayMs` after the line had room for it. Time is handed in. */
import { losses } from "./loss.ts";

/** How bad a line is, each way. */
export type LineQuality = {
  readonly lossPercent: number;
  readonly delayMs: number;
  readonly seed: number;
  /** Blocked: as in a network whose firewall swallows every UDP packet without a word. */
  readonly udp: "open" | "blocked";
};

/** Where an IPv4 packet names its protocol, and UDP's number. */
const PROTOCOL_AT = 9;
const UDP = 17;
/** Higher: a flood waits in memory and arrives after the test. Lower: a burst of a key picture is cut, which no line does. */
const PACKETS_MAX = 2_000;
/** How long a packet may wait before a narrow line. Higher: as a home router that buffers for seconds. Lower: every burst is cut. */
const NARROW_WAIT_MS = 300;

export class Direction {
  readonly #lost: () => boolean;
  readonly #delayMs: number;
  readonly #swallowsUdp: boolean;
  readonly #waiting: { readonly packet: Uint8Array; readonly due: number }[] = [];
  #kbit: number | null = null;
  /** When the line has sent what it was given so far. */
  #freeAt = 0;

  constructor({ lossPercent, delayMs, seed, udp }: LineQuality) {
    this.#lost = losses(lossPercent, seed);
    this.#delayMs = delayMs;
    this.#swallowsUdp = udp === "blocked";
  }

  /** Lets only so many kbit/s through from now on; `null`: everything. */
  narrow(kbit: number | null): void {
    this.#kbit = kbit;
  }

  /** Takes a packet over, or loses it. */
  push(packet: Uint8Array, now: number): void {
    if (this.#swallowsUdp && packet[PROTOCOL_AT] === UDP) return;
    const start = this.#kbit === null ? now : Math.max(now, this.#freeAt);
    if (this.#lost() || this.#waiting.length >= PACKETS_MAX || start - now > NARROW_WAIT_MS) return;
    this.#freeAt = this.#kbit === null ? now : start + (packet.length * 8) / this.#kbit;
    this.#waiting.push({ packet, due: this.#freeAt + this.#delayMs });
  }

  /** The packets whose time has come. */
  take(now: number): Uint8Array[] {
    const still = this.#waiting.findIndex(({ due }) => due > now);
    const ready = this.#waiting.splice(0, still < 0 ? this.#waiting.length : still);
    return ready.map(({ packet }) => packet);
  }

  /** When the next packet is due; `Infinity` where none waits. */
  get nextDue(): number {
    return this.#waiting[0]?.due ?? Number.POSITIVE_INFINITY;
  }
}
