/** Alarms for the page, set in a worker: browsers slow the timers of a hidden page down, but not these (A3). */

/** Ring in so many milliseconds, or (null) no more. */
export type Alarm = { readonly id: number; readonly milliseconds: number | null };
/** The number of an alarm that rings. */
export type Rang = number;

const timers = new Map<number, ReturnType<typeof setTimeout>>();

self.onmessage = ({ data: { id, milliseconds } }: MessageEvent<Alarm>) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (milliseconds === null) return;
  const ring = () => {
    timers.delete(id);
    self.postMessage(id satisfies Rang);
  };
  timers.set(id, setTimeout(ring, milliseconds));
};
