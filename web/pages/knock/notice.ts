/** The browser's own notification that somebody waits: only where the therapist has asked for it on this device, and without a
 * name, for it stands on screens that others see. */
import { createSignal } from "solid-js";
import { t } from "../../i18n/app.ts";
import { t as common } from "../../i18n/common.ts";

const KEY = "tpc.notice";

const [wanted, setWanted] = createSignal(isStored() && isAllowed());

/** Asked for on this device, and allowed by the browser; reactive. */
export { wanted as isNoticeWanted };

/** False where this browser has no such thing. */
export const hasNotices = () => "Notification" in window;

/** Switches it; asks the browser where it must. False where the browser forbids it. */
export async function wantNotice(on: boolean): Promise<boolean> {
  const allowed = on && hasNotices() && (await Notification.requestPermission()) === "granted";
  setWanted(allowed);
  try {
    localStorage.setItem(KEY, allowed ? "on" : "off");
  } catch {
    // it holds as long as the page
  }
  return allowed === on;
}

/** Shows it where it was asked for and the page is not in front anyway. A new one takes the place of the last. */
export function showNotice(): void {
  if (!wanted() || !isAllowed() || (!document.hidden && document.hasFocus())) return;
  try {
    const notice = new Notification(common("product"), {
      body: t("knock.notice"),
      tag: "knock",
      silent: true,
    });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // browsers of phones show notifications of installed pages only
  }
}

function isAllowed(): boolean {
  return hasNotices() && Notification.permission === "granted";
}

function isStored(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}
