import type { logo as de } from "../de/logo.ts";

export const logo: typeof de = {
  alt: "Practice logo",
  named: (practice) => `Logo: ${practice}`,
  hide: "Minimise the practice logo",
  show: "Show the practice logo",
};
