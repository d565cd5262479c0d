/** Who comes in by itself, who waits, who needs the therapist's tap (product.md "Rules that decide who meets whom"). Pure. */

export type Knock = {
  /** The practice lets people in one by one ("einzeln einlassen"). */
  readonly oneByOne: boolean;
  /** What the client has proven. A code may be read over a shoulder, a link is sent to one person. */
  readonly by: "link" | "code";
  /** The room of this client, as the server's list of open rooms says; null: none. */
  readonly room: string | null;
  /** The room whose call page the therapist has open here; null: none. */
  readonly entered: string | null;
  /** The client proved to be on a device of an earlier call (TP1 §2.5). */
  readonly known: boolean;
  /** The client was in this room's call within the last ten minutes (A5). */
  readonly recent: boolean;
  /** Another connection has this client's seat. */
  readonly seatTaken: boolean;
};

/** `enter`: let in now. `ask`: the therapist's tap decides. `wait`: nobody is at this room's call page. */
export type Admission = "enter" | "ask" | "wait";

/** The answer to a client that has proven its link or its code. */
export function admissionOf(knock: Knock): Admission {
  if (knock.entered === null || knock.room !== knock.entered) return "wait";
  if (knock.seatTaken) return knock.known ? "enter" : "ask";
  // by code a device is new until the therapist has let it in once
  if (knock.by === "code" && !knock.known) return "ask";
  // a reload or a lost line is no new visit: on a device that proves itself nobody is asked again
  return knock.oneByOne && !(knock.known && knock.recent) ? "ask" : "enter";
}
