/** Who the practice is: typed in the profile, read by its clients before a call. */
import type { practice as de } from "../de/practice.ts";

export const practice: typeof de = {
  title: "Practice and imprint",
  lead: "Your clients see these lines before the call and in the waiting room. On the server they lie encrypted only.",
  name: "Name of the practice",
  address: "Address",
  phone: "Telephone",
  email: "E-mail",
  emailWrong: "This does not look like an e-mail address. You may leave the field empty.",
  more: "Further details",
  moreHint: "For example your profession and the chamber in charge, 150 characters at most.",
  act: "Save",
  saved: "The details are saved.",
  of: "About the practice",
};
