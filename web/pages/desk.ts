/** What the dashboard needs to know of open rooms and who waits at them; the call's desk fills it in, and until it is
 * there the HTTP API does, without anybody waiting. */
import { type Accessor, createContext, createSignal, onCleanup, useContext } from "solid-js";
import type { Rid, RoomId } from "../../wire/ids.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { roomsApi } from "../api.ts";

/** `rooms` and the counts are reactive; the functions throw `Refused`. */
export type RoomDesk = {
  /** Null until the first answer. */
  readonly rooms: Accessor<readonly OpenRoom[] | null>;
  /** Clients that knock at this room and are not in. */
  readonly waiting: (room: RoomId) => number;
  /** Clients inside; they are cut when the room is closed. */
  readonly inside: (room: RoomId) => number;
  readonly open: (clients: readonly (readonly Rid[])[]) => Promise<OpenRoom>;
  readonly close: (room: RoomId) => Promise<void>;
  readonly refresh: () => Promise<void>;
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

/** A desk that knows only what HTTP says, at its start and whenever the page is looked at again. */
export function createHttpDesk(): RoomDesk {
  const [rooms, setRooms] = createSignal<readonly OpenRoom[] | null>(null);
  const refresh = async () => void setRooms(await roomsApi.list());
  const look = () => document.visibilityState === "visible" && void refresh().catch(() => undefined);
  document.addEventListener("visibilitychange", look);
  onCleanup(() => document.removeEventListener("visibilitychange", look));
  return {
    rooms,
    waiting: () => 0,
    inside: () => 0,
    refresh,
    async open(clients) {
      const room = await roomsApi.open(clients);
      setRooms([room, ...(rooms() ?? []).filter((other) => other.room !== room.room)]);
      return room;
    },
    async close(room) {
      await roomsApi.close(room);
      setRooms((rooms() ?? []).filter((other) => other.room !== room));
    },
  };
}
