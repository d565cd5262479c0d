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
  hint: "“Notes” at the left edge, or the Esc key: no picture and no sound at once, just a page with notes. “Continue” brings the conversation back. Your therapist sees that you are not alone.",
  hintTouch:
    "“Notes” at the left edge: no picture and no sound at once, just a page with notes. “Continue” brings the conversation back. Your therapist sees that you are not alone.",
  seen: "Understood",
  away: "Not alone: paused",
};
