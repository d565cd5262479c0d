/** What a run of the bench is asked for, as it is written in the environment: `3/20` is 3 percent of loss and 20 ms of delay each way;
 * `:dip300` narrows the second person's line to 300 kbit/s for a while, `:noudp` swallows all UDP. */

/** How one run's lines are. */
export type LineSetting = {
  readonly lossPercent: number;
  /** Each way. */
  readonly delayMs: number;
  readonly udp: "open" | "blocked";
  readonly dipKbit: number | null;
};

const FORM = /^(\d+(?:\.\d+)?)\/(\d+)(?::(?:dip(\d+)|(noudp)))?$/;

/** Throws `RangeError` where the text is none. */
export function lineOf(text: string): LineSetting {
  const [, loss, delay, dip, noUdp] = FORM.exec(text) ?? [];
  if (loss === undefined || delay === undefined) throw new RangeError(`not a line: ${text}`);
  return {
    lossPercent: Number(loss),
    delayMs: Number(delay),
    udp: noUdp === undefined ? "open" : "blocked",
    dipKbit: dip === undefined ? null : Number(dip),
  };
}

/** Loopback itself, without namespaces and without root. */
export function isPlain({ lossPercent, delayMs, udp, dipKbit }: LineSetting): boolean {
  return lossPercent === 0 && delayMs === 0 && udp === "open" && dipKbit === null;
}
