/** A problem report as it is shown before it is sent, and its sending. What has no narrow form is left out (`wire/report.ts`). */
import {
  type ProblemReport,
  REPORT_BREAKS_MAX,
  REPORT_ERRORS_MAX,
  REPORT_NOTE_MAX,
  REPORT_PATTERNS,
} from "../../../wire/report.ts";
import type { CallFactsRead } from "../../call/call-facts.ts";

/** What this browser says of itself. */
export type Machine = {
  readonly browser: string;
  readonly version: string;
  readonly system: string;
  /** The address of the page's own program. */
  readonly script: string;
  readonly devices: readonly { readonly kind: MediaDeviceKind }[];
};

const fits = (pattern: string, text: string) => (new RegExp(pattern).test(text) ? text : "");

export function problemOf(
  side: ProblemReport["side"],
  { way, breaks, errors }: CallFactsRead,
  minutes: number | null,
  machine: Machine,
): Omit<ProblemReport, "note"> {
  const count = (kind: MediaDeviceKind) =>
    Math.min(99, machine.devices.filter((device) => device.kind === kind).length);
  const version = machine.version.split(".").slice(0, 2).join(".");
  return {
    side,
    browser: fits(REPORT_PATTERNS.product, `${machine.browser} ${version}`.trim()),
    system: fits(REPORT_PATTERNS.product, machine.system),
    page: fits(REPORT_PATTERNS.page, machine.script.split("/").at(-1) ?? ""),
    way,
    minutes: Math.min(1_440, minutes ?? 0),
    breaks: breaks.slice(0, REPORT_BREAKS_MAX).map((each) => Math.min(86_400, Math.round(each / 1_000))),
    devices: {
      cameras: count("videoinput"),
      microphones: count("audioinput"),
      loudspeakers: count("audiooutput"),
    },
    errors: errors
      .filter(({ code }) => fits(REPORT_PATTERNS.code, code) !== "")
      .slice(0, REPORT_ERRORS_MAX)
      .map(({ code, count: times }) => ({ code, count: Math.min(9_999, times) })),
  };
}

/** With the note, as it goes out. */
export function withNote(report: Omit<ProblemReport, "note">, note: string): ProblemReport {
  return { ...report, note: note.trim().slice(0, REPORT_NOTE_MAX) };
}

/** Never throws. */
export async function sendProblem(report: ProblemReport): Promise<"sent" | "slow" | "failed"> {
  const answer = await fetch("/api/reports", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(report),
    // it belongs to no account
    credentials: "omit",
  }).catch(() => null);
  if (answer?.ok) return "sent";
  return answer?.status === 429 ? "slow" : "failed";
}
