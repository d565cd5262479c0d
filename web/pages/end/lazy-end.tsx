/** The end of a call is fetched when there is one. */
import { lazy, Suspense } from "solid-js";
import type { CallFactsRead } from "../../call/call-facts.ts";
import { fetched } from "../../fetched.ts";

const CallEnd = lazy(async () => ({ default: (await fetched(() => import("./call-end.tsx"))).CallEnd }));

export function LazyEnd(props: {
  side: "client" | "therapist";
  facts: CallFactsRead;
  minutes: number | null;
}) {
  return (
    <Suspense>
      <CallEnd {...props} />
    </Suspense>
  );
}
