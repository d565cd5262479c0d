/** A problem report that a person chooses to send to the operator: browser, way and interruptions, nothing of who or what. Every field has
 * a narrow form, so that a page cannot put anything else into it; the note alone is free, and the person is warned. */

export const REPORT_BYTES_MAX = 4_096;
export const REPORT_NOTE_MAX = 500;
export const REPORT_BREAKS_MAX = 50;
export const REPORT_ERRORS_MAX = 20;
/** Higher: one address fills the table. Lower: a practice with a bad evening cannot tell. In one hour. */
export const REPORTS_PER_ADDRESS = 5;

/** How picture and sound went. `forwarded`: direct, but handed on by the own server. */
export const REPORT_WAYS = ["direct", "forwarded", "quic", "socket", "none"] as const;
export type ReportWay = (typeof REPORT_WAYS)[number];
export const REPORT_SIDES = ["client", "therapist"] as const;

export const REPORT_PATTERNS = {
  /** A name as of a browser or a system, and the first numbers of a version. */
  product: "^[A-Za-z]{1,12}( [A-Za-z]{1,12}){0,2}( [0-9]{1,4}(\\.[0-9]{1,4}){0,2})?$|^$",
  /** The build's own file name. */
  page: "^[A-Za-z0-9_-]{1,40}\\.js$|^$",
  code: "^[a-z]{1,16}\\.[a-z-]{1,16}$",
} as const;

export type ProblemReport = {
  readonly side: (typeof REPORT_SIDES)[number];
  readonly browser: string;
  readonly system: string;
  readonly page: string;
  readonly way: ReportWay;
  /** Started minutes of the call. */
  readonly minutes: number;
  /** Seconds of each interruption. */
  readonly breaks: readonly number[];
  /** How many of each kind. */
  readonly devices: { readonly cameras: number; readonly microphones: number; readonly loudspeakers: number };
  readonly errors: readonly { readonly code: string; readonly count: number }[];
  readonly note: string;
};
