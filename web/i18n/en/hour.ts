/** English of `de/hour.ts`. */
import type { hour as de } from "../de/hour.ts";

export const hour: typeof de = {
  ring: (minutes: number, left: number) =>
    left === 0
      ? `Session of ${minutes} minutes: the time is over`
      : `Session of ${minutes} minutes: ${left === 1 ? "1 minute" : `${left} minutes`} left`,
  waiting: (minutes: number) => `Session of ${minutes} minutes: not begun yet`,
  title: "Length of a session",
  length: (minutes: number) => `${minutes} minutes`,
  soon: (minutes: number) => `${minutes} minutes left`,
};
