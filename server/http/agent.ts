/** What the list of sessions says of a browser: its name and system, no version and nothing else that marks a person. */
import Bowser from "bowser";

/** Longer headers are no browser's. */
const HEADER_MAX = 400;
const WORD_MAX = 24;

/** A few words such as "Firefox · Linux"; empty where the header says nothing we know. */
export function agentOf(header: string | null): string {
  if (header === null || header === "" || header.length > HEADER_MAX) return "";
  const browser = Bowser.getParser(header);
  const words = [browser.getBrowserName(), browser.getOSName()];
  return words
    .map((word) => word.replace(/[^\p{L}\d .-]/gu, "").slice(0, WORD_MAX))
    .filter((word) => word !== "")
    .join(" · ");
}
