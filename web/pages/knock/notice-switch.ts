/** A kind of the browser's own notifications: asked for on this device, switched off and on, shown without a name, for they stand on
 * screens that others see. */
import { type Accessor, createSignal } from "solid-js";
import { t as common } from "../../i18n/common.ts";

/** One kind. */
export type NoticeSwitch = {
  /** Asked for on this device, and allowed by the browser; reactive. */
  readonly wanted: Accessor<boolean>;
  /** Switches it; asks the browser where it must. False where the browser forbids it. */
  readonly want: (on: boolean) => Promise<boolean>;
  /** Shows it where it was asked for. A new one with the same tag takes the place of the last. */
  readonly show: (tag: string, body: string) => void;
};

/** False where this browser has no such thing. */
export const hasNotices = () => "Notification" in window;

/** `key`: where this device keeps the choice. */
export function createNoticeSwitch(key: string): NoticeSwitch {
  const [wanted, setWanted] = createSignal(isStored(key) && isAllowed());
  return {
    wanted,
    async want(on) {
      const allowed = on && hasNotices() && (await Notification.requestPermission()) === "granted";
      setWanted(allowed);
      try {
        localStorage.setItem(key, allowed ? "on" : "off");
      } catch {
        // it holds as long as the page
      }
      return allowed === on;
    },
    show(tag, body) {
      if (wanted() && isAllowed()) show(tag, body);
    },
  };
}

function show(tag: string, body: string): void {
  try {
    const notice = new Notification(common("product"), { body, tag, silent: true });
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

function isStored(key: string): boolean {
  try {
    return localStorage.getItem(key) === "on";
  } catch {
    return false;
  }
}
