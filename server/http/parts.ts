/** What the HTTP side is given by main, and what it tells the signaling side. */
import type { Store } from "../../db/store.ts";
import type { CallId, PracticeId, Rid, RoomId } from "../../wire/ids.ts";
import type { RunningCall } from "../../wire/ledger.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Keys } from "../keys.ts";
import type { Log } from "../log.ts";
import type { Auth } from "./auth.ts";
import type { Cookies } from "./cookies.ts";

/** Hooks into signaling; each is called after the change is stored. */
export type RoomEvents = {
  /** The open rooms of this practice changed by an addition, a link, or what may start in them, or its planned calls did: read them
   * again. */
  opened(practice: PracticeId): void;
  /** This room was closed by "×". */
  closed(practice: PracticeId, room: RoomId): void;
  /** These links were taken away: whoever holds one must go. */
  linksGone(practice: PracticeId, rids: readonly Rid[]): void;
  /** This session ended: its sockets must go. */
  sessionEnded(session: string): void;
  /** This account is gone with everything it had. */
  accountDeleted(practice: PracticeId): void;
};

/** Everything the routes stand on. */
export type Parts = {
  store: Store;
  config: Pick<
    Config,
    | "origin"
    | "tls"
    | "addressFrom"
    | "registration"
    | "registrationsPerHour"
    | "retentionDays"
    | "operator"
    | "web"
    | "webhookAllow"
    | "serviceWorker"
  >;
  keys: Keys;
  clock: Clock;
  log: Log;
  cookies: Cookies;
  auth: Auth;
  events: RoomEvents;
  /** Calls of a practice that are not settled. */
  running(practice: PracticeId): Promise<RunningCall[]>;
  /** How many seats of a call are taken now. */
  present(call: CallId): number;
  /** May new visitors come here? */
  ready(): Promise<boolean>;
  /** Seconds until this server goes at the latest; null: it stays. */
  drainingFor(): number | null;
  /** One of several nodes that cannot reach Redis: no room can be opened now. */
  isApart(): boolean;
  /** How log-in attempts are slowed down; tests pass one that only counts. */
  wait(ms: number): Promise<void>;
};

/** True where browsers reach us by TLS, be it ours or a proxy's. */
export function hasTls({ origin, tls }: Pick<Config, "origin" | "tls">): boolean {
  return origin === null ? tls !== null : origin.startsWith("https:");
}
