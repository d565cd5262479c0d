/** Asks the server whether this browser is logged in as the practice of a link. The client's page brings no more of the API than this. */
import { isId, type Rid } from "../../wire/ids.ts";
import type { OwnLink } from "../../wire/planned.ts";

/** The answer; without one the link counts as anybody's. "staff": this browser is logged in as practice staff, who reach no call. */
export async function askOwnLink(rid: Rid): Promise<OwnLink | "staff"> {
  try {
    const answer = await fetch(`/api/links/${rid}`);
    if (answer.status === 403) return "staff";
    return answer.ok ? read(await answer.json()) : { own: false };
  } catch {
    return { own: false };
  }
}

/** Only ids become part of an address. */
function read(said: Partial<Record<"own" | "room" | "planned", unknown>> | null): OwnLink {
  if (said?.own !== true) return { own: false };
  const { room, planned } = said;
  const id = <T>(value: unknown) => (isId(value) ? (value as T) : null);
  return { own: true, room: id(room), planned: id(planned) };
}
