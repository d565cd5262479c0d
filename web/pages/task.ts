/** One press at a time: runs what a form does, says that it runs, keeps the sentence of what went wrong. */
import { createSignal } from "solid-js";
import { type Proof, sayError } from "../i18n/errors.ts";

/** `error` is a sentence or empty. A second run while one is on its way is dropped. */
export function createTask(proof: Proof = "login") {
  const [busy, setBusy] = createSignal(false);
  const [fault, setFault] = createSignal<{ error: unknown } | null>(null);
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    if (busy()) return false;
    setBusy(true);
    setFault(null);
    try {
      await act();
      return true;
    } catch (error) {
      setFault({ error });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const error = () => {
    const now = fault();
    return now ? sayError(now.error, proof) : "";
  };
  return { busy, error, fault: () => fault()?.error, clear: () => setFault(null), run };
}
