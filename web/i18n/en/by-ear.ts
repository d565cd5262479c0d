import type { byEar as de } from "../de/by-ear.ts";

const people = (names: string, count: number) => names || `${count} people`;

export const byEar: typeof de = {
  keys: {
    title: "Keyboard shortcuts",
    text: "One key is enough as long as you are not writing something.",
    mic: "Microphone on or off",
    camera: "Camera on or off",
    hand: "Raise or lower your hand",
    chat: "Open or close the chat",
    screen: "Share your screen or stop",
    full: "Full screen on or off",
    help: "This overview",
    switch: "Use keyboard shortcuts",
    switchHint: "Holds for this device.",
  },
  said: {
    joined: (names, count) => `${people(names, count)} ${count === 1 ? "is" : "are"} here now.`,
    left: (names, count) => `${people(names, count)} left.`,
    mutes: (names, count) => `${people(names, count)} ${count === 1 ? "is" : "are"} muted now.`,
    unmutes: (names, count) => `${people(names, count)} can be heard again.`,
    raises: (names, count) => `${people(names, count)} ${count === 1 ? "raises a hand" : "raise a hand"}.`,
    shares: (names, count) => `${people(names, count)} ${count === 1 ? "shows" : "show"} a screen.`,
    stopsSharing: (names, count) =>
      `${people(names, count)} no longer ${count === 1 ? "shows" : "show"} a screen.`,
    ownMuted: "Your microphone is off.",
    ownUnmuted: "Your microphone is on.",
    ownSharing: "You share your screen.",
    ownStopped: "Your screen is no longer shared.",
    unread: (count) => (count === 1 ? "1 new message." : `${count} new messages.`),
  },
};
