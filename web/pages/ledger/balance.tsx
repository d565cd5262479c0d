/** The two cards at the top of the profile, which look at the same ledger: a voucher that is credited and a call that ends show in both. */
import "./ledger.css";
import { createEffect, createMemo, createSignal, on } from "solid-js";
import { Credit } from "./credit.tsx";
import { Calls } from "./statement.tsx";
import { useRunning } from "./use-running.ts";

export function Balance() {
  const [changed, setChanged] = createSignal(0);
  const running = useRunning();
  const change = () => setChanged((count) => count + 1);
  const count = createMemo(() => running().length);
  // one less is one that was settled
  createEffect(on(count, (now, before) => now < (before ?? 0) && change()));
  return (
    <>
      <Credit changed={changed()} onChange={change} />
      <Calls changed={changed()} running={running()} />
    </>
  );
}
