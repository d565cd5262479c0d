/** What a room shows of the therapist's tools: a place for everybody, and a button on the therapist's side. */
import { createContext, type JSX, useContext } from "solid-js";

export type RoomTools = {
  readonly Place: (props: { nameOf: (slot: number) => string }) => JSX.Element;
  readonly Button?: () => JSX.Element;
};

const ToolsContext = createContext<RoomTools>();
export const ToolsProvider = ToolsContext.Provider;
export const useRoomTools = () => useContext(ToolsContext);
