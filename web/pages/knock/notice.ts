/** The browser's own notification that somebody waits: only where the therapist has asked for it on this device. */
import { t } from "../../i18n/app.ts";
import { createNoticeSwitch } from "./notice-switch.ts";

const knocks = createNoticeSwitch("tpc.notice");

/** Asked for on this device, and allowed by the browser; reactive. */
export const isNoticeWanted = knocks.wanted;

/** Switches it; asks the browser where it must. False where the browser forbids it. */
export const wantNotice = knocks.want;

/** Shows it where it was asked for and the page is not in front anyway. */
export function showNotice(): void {
  if (document.hidden || !document.hasFocus()) knocks.show("knock", t("knock.notice"));
}
