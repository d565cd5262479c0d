/** English of `de/app.ts`. */
import type { app as de } from "../de/app.ts";

export const app: typeof de = {
  nav: {
    login: "Log in",
    register: "Register for free",
    calls: "Calls",
    profile: "Profile",
    main: "Areas",
    imprint: "Imprint",
    privacy: "Privacy",
    terms: "Terms",
    loading: "Loading",
  },
  start: {
    title: "Video sessions that stay in the room.",
    lead: "For psychotherapists and their clients: no app, no account for clients, on your own server.",
    one: {
      title: "One link, for good",
      text: "Each client gets a link once. It works for every appointment.",
    },
    two: {
      title: "Just the two of you",
      text: "Picture and sound are end-to-end encrypted. The server cannot watch.",
    },
    three: {
      title: "No third party",
      text: "No foreign services, no ads, no recording. Nowhere.",
    },
  },
};
