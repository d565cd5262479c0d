/** English of `de/restart.ts`. */
import type { restart as de } from "../de/restart.ts";

export const restart: typeof de = {
  now: "The server restarts for a moment.",
  by: (time: string) => `The server restarts for a moment, at ${time} at the latest.`,
  direct: "Your call goes on.",
  relayed: "Should picture and sound pause, they come back by themselves.",
  alone: "New calls begin after that, by themselves.",
  outside: "You come in by yourself after that, please stay.",
};
