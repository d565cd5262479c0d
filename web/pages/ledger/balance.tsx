/** The two cards at the top of the profile, which look at the same ledger: a voucher that is credited shows in both. */
import "./ledger.css";
import { createSignal } from "solid-js";
import { Credit } from "./credit.tsx";
import { Calls } from "./statement.tsx";

export function Balance() {
  const [changed, setChanged] = createSignal(0);
  return (
    <>
      <Credit changed={changed()} onChange={() => setChanged(changed() + 1)} />
      <Calls changed={changed()} />
    </>
  );
}
