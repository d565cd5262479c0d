/** The calls that are being metered, as a signal that ends with its owner. */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { RunningCall } from "../../../wire/ledger.ts";
import { ledgerApi } from "../../api/ledger.ts";
import { watchRunning } from "./running-calls.ts";

/** Empty until the first answer. */
export function useRunning(): Accessor<readonly RunningCall[]> {
  const [calls, setCalls] = createSignal<readonly RunningCall[]>([]);
  const stop = watchRunning(ledgerApi.now, setCalls, (work, ms) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  });
  onCleanup(stop);
  return calls;
}
