/** What the client's page shows of its way into the call, and what it needs for it. */
import type { Ask } from "../../wire/asked.ts";
import type { Brand } from "../../wire/brand.ts";
import type { Note } from "../../wire/sealed.ts";
import type { ToServer } from "../../wire/signal.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import type { Clock } from "./clock.ts";
import type { Comparison } from "./comparison.ts";
import type { DeviceSecrets } from "./device-secrets.ts";
import type { MemberCallState } from "./member-call.ts";
import type { Credential } from "./proof.ts";
import type { OpenPlane } from "./relay-plane.ts";
import type { Tried } from "./tries.ts";

/** Why it is over: hung up by the therapist, the room was closed, left by oneself, opened elsewhere, not let in, sent out, did not
 * accept the consent text that this practice needs, or the code fitted no open room. */
export type Ending = "ended" | "closed" | "left" | "moved" | "refused" | "removed" | "declined" | "wrong";

/** Where the client stands. `door`: pressed, but the room is closed or nobody is at it; `proving`: the handshake runs;
 * `asked`: the practice wants to know this first; `group`: has to be told who else is in, and presses once more; `waiting`: heard, not let in yet. */
export type Stage =
  | { readonly at: "before" }
  | { readonly at: "door" | "proving" | "waiting" | "in" }
  | { readonly at: "asked"; readonly ask: Ask }
  | { readonly at: "group"; readonly others: number }
  | { readonly at: "over"; readonly reason: Ending };

export type ClientState = MemberCallState & {
  readonly door: "unknown" | "closed" | "open";
  readonly stage: Stage;
  /** A handshake failed: not our therapist at the other end, or bytes were changed on the way. */
  readonly unproven: boolean;
  /** The four words of the handshake that let us in. */
  readonly comparison: Comparison | null;
  /** The permanent link, handed over to whoever came by code. */
  readonly link: string | null;
  /** When the therapist has planned to open the room, Unix milliseconds; only while it is closed. */
  readonly planned: number | null;
  /** What the practice shows of itself, as whoever came by code is told it. */
  readonly brand: Brand | null;
  /** What the therapist answered with one tap. */
  readonly note: Note | null;
  /** How the therapist is reached where the line stays away; null where it did not say. */
  readonly reach: string | null;
};

export type ClientCallOptions = {
  readonly credential: Credential;
  /** The few tries with a code that this browser has (A4). */
  readonly tries: Tried;
  /** Puts a message on the signaling socket; may drop it while the line is away. */
  readonly post: (message: ToServer) => unknown;
  readonly capture: Capture;
  readonly clock: Clock;
  readonly secrets: DeviceSecrets;
  readonly budget: HandshakeBudget;
  /** Fresh for this page; made early so that joining does not wait for it. */
  readonly certificate: Promise<RTCCertificate>;
  /** What the person typed as name for this call. */
  readonly label: () => string | null;
  /** The person wants its address hidden from the other side. */
  readonly hide: () => boolean;
  /** Opens the media over the server, where the call goes that way. */
  readonly open: OpenPlane;
};
