/** What the therapist's pages need to know of open rooms and of who waits at them; `live-desk.ts` fills it in. */
import { type Accessor, createContext, useContext } from "solid-js";
import type { Rid, RoomId } from "../../wire/ids.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import type { Visitor } from "../call/desk-types.ts";
import type { OpenDesk } from "../call/open-desk.ts";
import type { PlannedDesk } from "./planned/planned-desk.ts";

/** `rooms` and the counts are reactive; the functions throw `Refused`. */
export type RoomDesk = {
  /** The desk with its line to the server; null while the vault has no identity key yet. */
  readonly live: Accessor<OpenDesk | null>;
  /** Null until the first answer. */
  readonly rooms: Accessor<readonly OpenRoom[] | null>;
  /** Clients that knock at this room and are not in; null: those whose room is not open (they came by code, early). */
  readonly waiting: (room: RoomId | null) => readonly Visitor[];
  /** Clients inside; they are cut when the room is closed. */
  readonly inside: (room: RoomId) => number;
  /** This page answers the clients: its counts are true. Another page of the practice may be doing it. */
  readonly isWatching: () => boolean;
  readonly open: (clients: readonly (readonly Rid[])[]) => Promise<OpenRoom>;
  readonly close: (room: RoomId) => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly planned: PlannedDesk;
};

const DeskContext = createContext<Accessor<RoomDesk | null>>(() => null);
/** Takes the desk as an accessor: it comes and goes with the open vault, whatever page is shown. */
export const DeskProvider = DeskContext.Provider;

/** The desk of the pages around. Throws where none is: only pages behind `Private` ask. */
export function useDesk(): RoomDesk {
  const desk = useContext(DeskContext)();
  if (!desk) throw new Error("no desk around this page");
  return desk;
}

/** True once the desk's code has come; pages behind `Private` wait for it. */
export function isDeskThere(): Accessor<boolean> {
  const desk = useContext(DeskContext);
  return () => desk() !== null;
}
