/** Steps that help against a missing camera or microphone, each for one browser or one system. They are put together by `call/help.ts`. */
import type { help as german } from "../de/help.ts";

export const help: typeof german = {
  title: "How to do it",
  step: {
    // what the browser allows
    allowChrome:
      "Click the sign with the two sliders left of the address, and switch camera and microphone on.",
    allowChromeAndroid:
      "Tap the sign left of the address, then “Permissions”, and allow camera and microphone.",
    allowEdge: "Click the lock left of the address, and set camera and microphone to “Allow”.",
    allowEdgePhone: "Tap the lock beside the address, then “Permissions”, and allow camera and microphone.",
    allowFirefox:
      "Click the crossed-out camera or microphone sign at the left of the address bar, and remove the block with the × beside it.",
    allowFirefoxAndroid:
      "Tap the shield or lock beside the address, and set camera and microphone to “Allowed”.",
    allowSafari:
      "In the menu “Safari” at the top choose “Settings for this website”, and set camera and microphone to “Allow”.",
    allowSafariIos:
      "Tap the page sign (or “AA”) in the address bar, then the three dots and “Website settings”, and set camera and microphone to “Allow”.",
    allowSamsung: "Tap the lock left of the address, then “Permissions”, and allow camera and microphone.",
    allowOther:
      "Look for the lock or a camera sign beside the address, and allow camera and microphone there.",
    allowIosApp:
      "Open the settings of the iPhone or iPad, there “Apps” and this browser, and switch camera and microphone on.",

    // what the system allows
    systemWindows:
      "In the Windows settings under “Privacy & security”, “Camera” and “Microphone”: switch access for desktop apps on.",
    systemMac:
      "In the system settings under “Privacy & Security”, “Camera” and “Microphone”: switch this browser on.",
    systemIos:
      "In the settings under “Privacy & Security”, “Camera” and “Microphone”: switch this browser on.",
    systemAndroid:
      "In the settings of the phone under “Apps”, this browser, “Permissions”: allow camera and microphone.",
    systemLinux: "See in the system settings under “Privacy” whether camera and microphone are switched on.",
    systemOther: "See in the settings of the device whether this browser may use camera and microphone.",

    // where a device is seen
    findWindows:
      "See whether the camera is in the device manager, and the microphone in the settings under “Sound”.",
    findMac: "See in the system settings under “Sound”, “Input” whether the microphone is there.",
    findLinux: "See in the sound settings whether the microphone is there.",
    findPhone: "Try whether camera and microphone work in the device's own camera app.",
    findOther: "Try whether camera and microphone work in another program.",

    // who may hold it
    holdDesktop:
      "Close other programs that use the camera or microphone: Zoom, Teams, Skype, other browser tabs.",
    holdPhone: "End running phone calls, and close other apps with camera or microphone.",

    // everywhere
    askAgain: "The browser's question was left without an answer. Press “Try again”, and choose “Allow”.",
    switchKey:
      "Some laptops have a slider before the camera, or a key that switches camera or microphone off.",
    plug: "Unplug the device and plug it in again, best into another socket.",
    https: "The address at the top has to begin with https.",
    openLink: "Open the link again from the message in which you got it.",
    reload: "Then load this page again.",
    restart: "If that does not help, start the browser again, and if need be the computer.",
    restartPhone: "If that does not help, start the device again.",
    otherBrowser: "If it stays like that, take another current browser: Chrome, Edge, Firefox or Safari.",
    retry: "Press “Try again”.",
  },
};
