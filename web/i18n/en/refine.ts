/** Texts about the blurred background and noise that is taken away. Both entries carry them. */
export const refine = {
  title: "Picture and sound",
  camera: "Blur background",
  microphone: "Reduce noise",
  where: "Both happen on this device.",
  starting: "Your background is about to be blurred. Nobody sees you until then.",
  slow: {
    camera: "Your device is too slow to blur the background. Your camera is off now, you can still be heard.",
    microphone: "Your device is too slow to reduce noise. You can still be heard, now without it.",
  },
  failed: {
    camera: "The background cannot be blurred right now. Your camera is off, you can still be heard.",
    microphone: "Noise cannot be reduced right now. You can still be heard, now without it.",
  },
  showPlain: "Show camera without blur",
  stayDark: "Stay without picture",
  read: "Got it",
};
