/** The browser's own notification five minutes before a planned call, where it was asked for on this device. */
import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";
import type { PlannedCall } from "../../../wire/planned.ts";
import { browserClock } from "../../call/browser-clock.ts";
import { t } from "../../i18n/planned.ts";
import { createNoticeSwitch } from "../knock/notice-switch.ts";
import { BEFORE_MS, nextReminder } from "./next-reminder.ts";

const reminders = createNoticeSwitch("tpc.reminder");

/** Asked for on this device, and allowed by the browser; reactive. */
export const isReminderWanted = reminders.wanted;

/** Switches it; asks the browser where it must. False where the browser forbids it. */
export const wantReminder = reminders.want;

/** A computer that slept has slept its alarms too. Higher: it reminds late after waking. Lower: more wake-ups. */
const LOOK_AGAIN_MS = 60_000;

/** Reminds as long as the owner lives. */
export function createReminder(plans: Accessor<readonly PlannedCall[] | null>): void {
  const [turn, setTurn] = createSignal(0);
  /** Until when everything has been reminded of. */
  let told = Date.now();
  createEffect(() => {
    turn();
    if (!reminders.wanted()) {
      told = Date.now();
      return;
    }
    const next = nextReminder(plans() ?? [], told);
    if (next === null) return;
    const left = next.at - Date.now();
    if (left <= 0) {
      told = next.at;
      // a computer that slept through it reminds of nothing that has begun
      if (-left < BEFORE_MS) reminders.show(`planned ${next.plan}`, t("reminder.notice"));
      setTurn((count) => count + 1);
      return;
    }
    onCleanup(browserClock.after(Math.min(left, LOOK_AGAIN_MS), () => setTurn((count) => count + 1)));
  });
}
