/** The first look of a page, and every "try again": cryptography is fetched only where there is a session. */
import { find } from "./phase.ts";

export function begin(): Promise<void> {
  return find(async (session) => {
    const { resumeSession } = await import("./practice.ts");
    await resumeSession(session);
  });
}
