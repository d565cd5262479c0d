/** What the pages of a call remember of it for its end. */
import { type Accessor, createEffect } from "solid-js";
import { CallFacts, type CallFactsRead, type CallSeen } from "../../call/call-facts.ts";

/** `renew` begins with another call. */
export function createCallFacts(seen: Accessor<CallSeen>): {
  readonly read: () => CallFactsRead;
  readonly renew: () => void;
} {
  let facts = new CallFacts();
  createEffect(() => facts.see(seen(), Date.now()));
  return {
    read: () => facts.read(Date.now()),
    renew: () => {
      facts = new CallFacts();
    },
  };
}
