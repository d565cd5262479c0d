/** English of `de/devices.ts`. */
import type { devices as german } from "../de/devices.ts";

export const devices: typeof german = {
  speaksMuted: "You are speaking, but your microphone is off: nobody hears you.",
  unmute: "Switch it on now",
  silent:
    "Your microphone gives no sound: nobody hears you. Perhaps it is switched off on its cable or case, or another one in the menu at the bottom left fits better.",
  retry: "Try again",
  gone: {
    microphone: (from, to) => `“${from}” is gone. You are heard through “${to}” now.`,
    camera: (from, to) => `“${from}” is gone. You are seen through “${to}” now.`,
    speaker: (from) => `“${from}” is gone. You now hear through what your device uses by itself.`,
    both: (from) => `“${from}” is gone. You now speak and hear through what your device uses by itself.`,
  },
  refused: {
    microphone: (to) => `This microphone cannot be opened. It stays with “${to}”.`,
    camera: (to) => `This camera cannot be opened. It stays with “${to}”.`,
  },
  plugged: (name) => `“${name}” is connected now.`,
  use: "Use it to speak and hear",
  not: "No",
  read: "Got it",
  tabSound: "Send the shared tab’s sound",
  noTabSound:
    "What you share has no sound. Sound comes only with a tab, and only if you choose it in the browser’s window.",
  shares: "shares the screen",
  soundAgain: "Switch sound on again",
};
