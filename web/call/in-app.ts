/** Which app a page is opened in where that app shows it in a window of its own instead of a browser: these often have no camera and no
 * microphone, and lose the page. Pure. */

export type InApp = {
  /** How people call it; null: some app that does not say its name. */
  readonly app: string | null;
  readonly system: "ios" | "android";
};

/** What each writes into its user agent; the first that fits counts. */
const APPS: readonly (readonly [RegExp, string])[] = [
  [/FBAN\/Messenger|FB_IAB\/(Orca|MESSENGER)|MessengerLite/i, "Messenger"],
  [/\bInstagram\b/, "Instagram"],
  [/\bBarcelona\b/, "Threads"],
  [/\bFBAN\/|\bFBAV\/|\bFB_IAB\//, "Facebook"],
  [/\bWhatsApp\b/, "WhatsApp"],
  [/\bGSA\//, "Google"],
  [/\bLine\//, "LINE"],
  [/MicroMessenger/, "WeChat"],
  [/musical_ly|BytedanceWebview|\bTikTok\b|\btrill_/i, "TikTok"],
  [/LinkedInApp/, "LinkedIn"],
  [/\bSnapchat\b/, "Snapchat"],
  [/\bTelegram/, "Telegram"],
];

/** Browsers of iPhones beside Safari: they say their own name, and leave out Safari's version. */
const IOS_BROWSERS = /CriOS|FxiOS|EdgiOS|OPiOS|OPT\/|DuckDuckGo|Brave|Ddg\/|YaBrowser|Focus\/|Klar\//;

/** The app around this page; null in a browser. `installed`: the page was put onto the home screen, which is no foreign app. */
export function inAppOf(userAgent: string, installed: boolean): InApp | null {
  const system = /iPhone|iPad|iPod/.test(userAgent) ? "ios" : /Android/.test(userAgent) ? "android" : null;
  if (system === null || installed) return null;
  const named = APPS.find(([mark]) => mark.test(userAgent));
  if (named) return { app: named[1], system };
  return isNameless(userAgent, system) ? { app: null, system } : null;
}

/** A window that an app opened without saying which it is. */
function isNameless(userAgent: string, system: InApp["system"]): boolean {
  if (system === "android") return /; wv\)/.test(userAgent);
  return !/Version\/\S+ .*Safari\//.test(userAgent) && !IOS_BROWSERS.test(userAgent);
}
