/** Around the pages of a visit: what the practice shows of itself, and where the therapist's tools stand in the room. */
import { type ComponentProps, type JSX, Show } from "solid-js";
import type { ClientCall } from "../call/client-call.ts";
import { LogoProvider } from "./logo/practice-logo.ts";
import { MemberPlace } from "./room/tools/member-place.tsx";
import { ToolsProvider } from "./room/tools/room-tools.ts";

type InVisitProps = {
  logo: ComponentProps<typeof LogoProvider>["value"];
  /** The call of this moment: the room is drawn anew for the next one. */
  call: () => ClientCall | undefined;
  children: JSX.Element;
};

export function InVisit(props: InVisitProps) {
  const Place = () => <Show when={props.call()}>{(call) => <MemberPlace tools={call().tools} />}</Show>;
  return (
    <LogoProvider value={props.logo}>
      <ToolsProvider value={{ Place }}>{props.children}</ToolsProvider>
    </LogoProvider>
  );
}
