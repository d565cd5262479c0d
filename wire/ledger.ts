/** What the ledger says to pages: balances, statements, prices. Amounts are integers: points in thousandths, minutes whole, lengths in
 * milliseconds, days as `2026-11-25`; a page only formats them. Rules in brackets are those of the ledger (ARCHITECTURE.md "Money"). */
import type { RoomId } from "./ids.ts";

/** [TF0] Two people present is a 1:1 minute (`single`), three or more a group minute. */
export type MinuteKind = "single" | "group";
export const MINUTE_KINDS: readonly MinuteKind[] = ["single", "group"];

/** One point, as amounts count it. */
export const POINT = 1000;
/** [TF3] Group minutes that a new practice gets. */
export const TRIAL_MINUTES = 60;
/** [TF3] Minutes of the package "Videopraxis". */
export const VIDEOPRAXIS_MINUTES = 9000;

/** What a minute of one kind costs on a day, in thousandths of a point. `free`: metered and shown, but not charged (TF1). */
export type Tariff = { readonly price: number; readonly free: boolean };
export type Tariffs = Readonly<Record<MinuteKind, Tariff>>;

/** Minutes that are left of one package; `until` is the last day they count, null: without end. */
export type PackageLeft = { readonly minutes: number; readonly until: string | null };

/** `GET /api/ledger`: what a practice has, and whether a call of each kind may start now (TF5). */
export type Account = {
  readonly points: number;
  /** [TF3] For group calls. */
  readonly trialMinutes: number;
  /** The one that ends first comes first. */
  readonly packages: readonly PackageLeft[];
  readonly tariffs: Tariffs;
  readonly mayStart: Readonly<Record<MinuteKind, boolean>>;
};

/** `GET /api/plans`, for everybody: the tariffs of today. */
export type Plans = { readonly tariffs: Tariffs };

/** How minutes of a call were paid: by the promotion, trial minutes, a package, or points (in the order of TF4). */
export type PaidBy = "promotion" | "trial" | "package" | "points";

/** A settled call. `begunAt` and `gaps` are null once the call's own times are deleted (LG6); the day stays. */
export type CallLine = {
  readonly day: string;
  /** Unix milliseconds. */
  readonly begunAt: number | null;
  readonly minutes: Readonly<Record<MinuteKind, number>>;
  /** Minutes by how they were paid; their sum is that of `minutes`. */
  readonly paid: Readonly<Record<PaidBy, number>>;
  /** Thousandths of a point that were charged, and that the promotion waived. */
  readonly price: number;
  readonly waived: number;
  /** [BM5] Pauses in which nobody or only one was there: shown, not charged. */
  readonly gaps: { readonly count: number; readonly minutes: number } | null;
};

/** Anything that is no call: `points` in thousandths or `minutes`, whichever `account` counts. */
export type CreditLine = {
  readonly day: string;
  readonly account: "points" | "trial" | "package";
  readonly amount: number;
  readonly until: string | null;
  /** It mends an earlier entry (LG1). */
  readonly correction: boolean;
};

/** `GET /api/ledger/months/:month`: one month; the sums are those of the ledger to the last unit (LG7). */
export type Statement = {
  /** `2026-11`. */
  readonly month: string;
  /** The oldest first. */
  readonly calls: readonly CallLine[];
  readonly credits: readonly CreditLine[];
  readonly sums: {
    readonly minutes: Readonly<Record<MinuteKind, number>>;
    readonly paid: Readonly<Record<PaidBy, number>>;
    readonly price: number;
    readonly waived: number;
  };
  /** Points before the first and after the last day, in thousandths. */
  readonly before: number;
  readonly after: number;
};

/** `GET /api/ledger/weeks`: settled minutes per week, the oldest first; `week` is its Monday. */
export type Week = { readonly week: string } & Readonly<Record<MinuteKind, number>>;

/** `GET /api/ledger/now`: a call that is not settled. `counting` is the kind that is being metered at this moment. */
export type RunningCall = {
  readonly room: RoomId;
  /** Milliseconds of each kind so far. */
  readonly lengths: Readonly<Record<MinuteKind, number>>;
  readonly counting: MinuteKind | null;
};

/** `POST /api/vouchers`: what was credited. */
export type Credited = {
  readonly account: "points" | "package";
  readonly amount: number;
  readonly until: string | null;
};
