/** `/planned/:plan/go`: a planned call starts, and its therapist is in it. Nobody else knows the address of a plan. */
import { useParams } from "@solidjs/router";
import type { PlanId } from "../../../wire/ids.ts";
import { useDesk } from "../desk.ts";
import { IntoCall } from "./into-call.tsx";

export default function GoPage() {
  const params = useParams();
  const { planned } = useDesk();
  return <IntoCall start={() => planned.start((params.plan ?? "") as PlanId)} />;
}
