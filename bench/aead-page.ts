/** The page of `bench:crypto`: measures in the browser, and leaves the result where the bench reads it. */
import { measureSeal, type SealCost } from "./aead.ts";

declare global {
  interface Window {
    measured?: SealCost[];
  }
}

window.measured = await measureSeal();
