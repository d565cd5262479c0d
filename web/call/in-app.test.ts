/** Windows of apps that look like browsers are told from browsers, by what they write of themselves. */
import { expect, test } from "bun:test";
import { inAppOf } from "./in-app.ts";
import { placeOf } from "./place.ts";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const PIXEL =
  "Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.0.0 Mobile Safari/537.36";
const CHROME_ANDROID =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36";

const APPS: [string, string | null, "ios" | "android"][] = [
  [
    `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/7;FBDV/iPhone15,2;FBMD/iPhone]`,
    "Facebook",
    "ios",
  ],
  [`${PIXEL} [FB_IAB/FB4A;FBAV/520.0.0.42.96;]`, "Facebook", "android"],
  [`${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/515.0;FBDV/iPhone15,2]`, "Messenger", "ios"],
  [`${PIXEL} [FB_IAB/Orca-Android;FBAV/515.0.0;]`, "Messenger", "android"],
  [
    `${IPHONE} Mobile/15E148 Instagram 390.0.0.28.85 (iPhone15,2; iOS 18_5; de_DE; scale=3.00)`,
    "Instagram",
    "ios",
  ],
  [
    `${PIXEL} Instagram 390.0.0.46.81 Android (35/15; 420dpi; 1080x2205; Google; Pixel 8)`,
    "Instagram",
    "android",
  ],
  [`${PIXEL} WhatsApp/2.25.1`, "WhatsApp", "android"],
  [`${IPHONE} GSA/372.0.763363910 Mobile/15E148 Safari/604.1`, "Google", "ios"],
  [`${CHROME_ANDROID} GSA/16.24.50`, "Google", "android"],
  [`${IPHONE} Mobile/15E148 Safari Line/15.9.0`, "LINE", "ios"],
  [`${PIXEL} Line/15.9.1/IAB`, "LINE", "android"],
  [`${IPHONE} Mobile/15E148 MicroMessenger/8.0.59(0x18003b2b) NetType/WIFI Language/de`, "WeChat", "ios"],
  [`${PIXEL} MMWEBID/3 MicroMessenger/8.0.59.2880 WeChat/arm64`, "WeChat", "android"],
  [`${IPHONE} Mobile/15E148 musical_ly_40.1.0 JsSdk/2.0 BytedanceWebview/d8a21c6`, "TikTok", "ios"],
  [`${PIXEL} trill_400103 BytedanceWebview/d8a21c6`, "TikTok", "android"],
  [`${IPHONE} Mobile/15E148 [LinkedInApp]/9.30.3600`, "LinkedIn", "ios"],
  [`${PIXEL} [LinkedInApp]/4.1.1087`, "LinkedIn", "android"],
  [`${IPHONE} Mobile/15E148 Snapchat/13.45.0.55 (like Safari/8621.2.5, panda)`, "Snapchat", "ios"],
  [`${PIXEL} Snapchat/13.45.0.55 (Pixel 8; Android 15)`, "Snapchat", "android"],
  [`${IPHONE} Mobile/15E148 Telegram-iOS/11.13`, "Telegram", "ios"],
  [
    `${CHROME_ANDROID} Telegram-Android/11.13.0 (Google Pixel 8; Android 15; SDK 35; AVERAGE)`,
    "Telegram",
    "android",
  ],
  // a window of an app that does not say its name
  [`${IPHONE} Mobile/15E148`, null, "ios"],
  [PIXEL, null, "android"],
];

const SAFARI = `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`;
const BROWSERS = [
  SAFARI,
  `${IPHONE} CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1`,
  `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`,
  `${IPHONE} Version/18.0 EdgiOS/137.0.3296.65 Mobile/15E148 Safari/604.1`,
  CHROME_ANDROID,
  "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "",
];

test.each(APPS)("%s is a window of %s", (userAgent, app, system) => {
  expect(inAppOf(userAgent, false)).toEqual({ app, system });
});

test.each(BROWSERS)("%s is a browser", (userAgent) => {
  expect(inAppOf(userAgent, false)).toBeNull();
});

test("our own page on the home screen is no foreign app", () => {
  expect(inAppOf(`${IPHONE} Mobile/15E148`, true)).toBeNull();
});

test("browsers and systems are told apart as far as their help differs", () => {
  const of = (userAgent: string, touch = 0) => Object.values(placeOf(userAgent, touch)).join(" ");
  expect(BROWSERS.map((userAgent) => of(userAgent))).toEqual([
    "safari ios",
    "chrome ios",
    "firefox ios",
    "edge ios",
    "chrome android",
    "firefox android",
    "samsung android",
    "safari macos",
    "edge windows",
    "firefox linux",
    "other other",
  ]);
  // an iPad that says it is a Mac
  expect(of(BROWSERS[7] ?? "", 5)).toBe("safari ios");
  expect(
    of("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36"),
  ).toBe("chrome linux");
  expect(of("curl/8")).toBe("other other");
});
