/** English of `de/cover.ts`. */
import type { cover as German } from "../de/cover.ts";

export const cover: typeof German = {
  title: "Notes",
  back: "Continue",
  shop: "Shopping",
  bread: "Bread",
  milk: "Milk",
  apples: "Apples",
  soap: "Washing powder",
  week: "This week",
  bike: "Bike to the repair shop",
  plants: "Water the plants",
  books: "Return the books",
  field: "New note",
  hintTitle: "If somebody comes in",
  hint: "One press on “Notes” at the left edge, or on the Esc key, and this conversation is gone at once: no picture, no sound, a page with notes. “Continue” brings it back. Your therapist sees that you are not alone.",
  hintTouch:
    "One press on “Notes” at the left edge, and this conversation is gone at once: no picture, no sound, a page with notes. “Continue” brings it back. Your therapist sees that you are not alone.",
  seen: "Understood",
  away: "Not alone: paused",
};
