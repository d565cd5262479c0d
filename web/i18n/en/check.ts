/** Texts of the check before a call: devices, connection, and pages that were opened inside another app. */
import type { check as german } from "../de/check.ts";

export const check: typeof german = {
  title: "Technical check",
  lead: "Also days before: see here whether camera, microphone, loudspeaker and connection are ready. You need no account and no appointment for it, and nothing of it is recorded.",
  back: "Back",

  devices: {
    title: "Camera, microphone, loudspeaker",
    start: "Check camera and microphone",
    before: "The browser then asks for camera and microphone. Please allow both.",
    opening: "Waiting for camera and microphone …",
    preview: "This is how you are seen",
    camera: "Camera",
    without: "No camera",
    withoutHint: "No picture",
    microphone: "Microphone",
    speaker: "Loudspeaker",
    own: "As set in the system",
    none: "Not found",
    device: (number) => `Device ${number}`,
    level: "How loud your microphone is",
    speak: "Speak: the bar moves.",
    heard: "Your microphone hears you.",
    tone: "Play test tone",
    toneHint: "You should hear two notes. If you do not, turn the sound up or choose another loudspeaker.",
    toneAgain: "Did you hear two notes? If not, turn the sound up or choose another loudspeaker.",
    toneFailed: "The tone could not be played. Please press once more.",
  },

  ways: {
    title: "Connection",
    again: "Check again",
    waiting: "not checked yet",
    trying: "being checked …",
    good: (ms) => `ready · answer after ${ms} ms`,
    skip: "not needed",
    none: "does not work here",
    direct: {
      name: "Direct way",
      good: "With it a call of two mostly goes straight from device to device. That also depends on the other person's line; otherwise it goes over our own server.",
      skip: "This server does not offer the check. Otherwise calls go over our own server.",
      none: "Your network does not let it through. Calls go over our own server, encrypted just the same.",
    },
    quic: {
      name: "Over our own server, fast way",
      good: "For groups, and where the direct way is missing.",
      skipBrowser: "This browser takes the simple way below. That is enough.",
      skipServer: "This server does not offer it. The simple way below is enough.",
      none: "Your network does not let it through. Calls go over our own server by the simple way below.",
    },
    socket: {
      name: "Over our own server, simple way",
      good: "Gets through almost everywhere, like a web page.",
      none: "Without it there is no call.",
    },
  },

  verdict: {
    quiet: "The connection is being checked",
    good: "All ready",
    look: "This will do",
    loss: "Not yet like this",
    running: "This takes only a few seconds.",
    all: "Camera, microphone and connection are fine. You can look forward to the call calmly.",
    line: "The connection is fine. Now check camera and microphone.",
    own: "By a detour: calls go over our own server, encrypted just the same.",
    sockets:
      "For two mostly direct; otherwise calls go over our own server by the simple way. On a weak network the picture may stall more often.",
    camera: "Without your picture: you are heard, not seen.",
    microphone: "Your microphone is missing, you would not be heard. Below it says what helps.",
    socket:
      "Your network lets no calls through. Try another network, for example the mobile network of your phone, or switch off VPN and filter programs.",
    away: "The server does not answer. Check your internet connection, and try again in a moment.",
    often: "There have been many checks from here. Please try again in a few minutes.",
  },

  inApp: {
    title: (app) => `This page is open inside ${app}`,
    titleNameless: "This page is open inside another app",
    text: (browser) =>
      `There is often no camera and no microphone there. It works safely in ${browser}. You may try it all the same.`,
    open: (browser) => `Open in ${browser}`,
    ios: {
      menu: "Tap the three dots, the share sign or the compass at the edge of this page.",
      choose: "Choose “Open in Safari” or “Open in browser”.",
      paste: "If it is not there, copy the link, open Safari, and paste it into the address bar at the top.",
    },
    android: {
      menu: "Tap the three dots at the top right.",
      choose: "Choose “Open in Chrome” or “Open in browser”.",
      paste: "If it is not there, copy the link, open Chrome, and paste it into the address bar at the top.",
    },
    copy: "Copy link",
    qr: "This link as a QR code",
    other: "Or open it on another device: point its camera at this picture.",
  },
};
