/** The first look of a page, and every "try again": cryptography is fetched only where there is a session. */
import { fetched } from "../fetched.ts";
import { find } from "./phase.ts";

export function begin(): Promise<void> {
  return find(async (session) => {
    const { resumeSession } = await fetched(() => import("./practice.ts"));
    await resumeSession(session);
  });
}
