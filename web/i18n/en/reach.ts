/** English of `de/reach.ts`. */
import type { reach as de } from "../de/reach.ts";

export const reach: typeof de = {
  title: "When the connection breaks",
  lead: "Your client reads this text when a conversation is interrupted for more than 20 seconds. It travels sealed with the call; the server never has it readable.",
  text: "Your text",
  hint: "For example: call me, 01 234 56 78. At most 300 characters.",
  act: "Save",
  saved: "The text is saved.",
};
