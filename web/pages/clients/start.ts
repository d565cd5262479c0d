/** "Starten" in the Kartei: opens the room of one client or of a group and goes into it, or into the one that is open already. */
import { useNavigate } from "@solidjs/router";
import { createSignal } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import type { OpenRoom } from "../../../wire/signal.ts";
import { sayError } from "../../i18n/errors.ts";
import { type Client, handlesOfClient } from "../../vault/clients.ts";
import { Refused } from "../../vault/remote.ts";
import { type RoomDesk, useDesk } from "../desk.ts";
import type { VaultView } from "../vault-view.ts";

/** Why nothing was started: a sentence, and the open room that is in the way, if that is the reason. */
export type NotStarted = {
  readonly text: string;
  readonly room: OpenRoom | null;
  readonly noCredit: boolean;
  readonly alone: boolean;
};

/** Higher: who is told of no room waits longer. Lower: on a slow line the call page says for a moment that it knows no such call. */
const TOLD_MS = 3_000;

/** `starting` is what was pressed, by whatever the page calls it. */
export function createStart(view: VaultView) {
  const desk = useDesk();
  const navigate = useNavigate();
  const [starting, setStarting] = createSignal<string | null>(null);
  const [refused, setRefused] = createSignal<NotStarted | null>(null);

  const start = async (name: string, clients: readonly Client[]) => {
    if (starting() !== null) return;
    setStarting(name);
    setRefused(null);
    try {
      const room = openRoomOf(desk, clients) ?? (await open(view, desk, clients));
      await told(desk, room.room);
      navigate(`/call/${room.room}`);
    } catch (error) {
      setRefused(await why(desk, error, clients.length));
    } finally {
      setStarting(null);
    }
  };
  return { start, starting, refused, clear: () => setRefused(null) };
}

export type Start = ReturnType<typeof createStart>;

/** The open room of exactly these clients. */
export function openRoomOf(desk: RoomDesk, clients: readonly Client[]): OpenRoom | undefined {
  return roomsWith(desk, clients).find(
    (room) => room.clients.length === clients.length && clients.every((client) => roomsWithOne(room, client)),
  );
}

/** The open rooms that somebody of these clients is in. */
export function roomsWith(desk: RoomDesk, clients: readonly Client[]): readonly OpenRoom[] {
  return (desk.rooms() ?? []).filter((room) => clients.some((client) => roomsWithOne(room, client)));
}

function roomsWithOne(room: OpenRoom, { record }: Client): boolean {
  return room.clients.some((rids) => rids.some((rid) => record.links.some((link) => link.rid === rid)));
}

async function open(view: VaultView, desk: RoomDesk, clients: readonly Client[]): Promise<OpenRoom> {
  // an entry that is not saved yet has a link the server does not know
  await view.vault.save();
  return desk.open(clients.map(handlesOfClient));
}

/** The line to the server hears of the room a moment after the answer. */
function told(desk: RoomDesk, room: RoomId): Promise<void> {
  const state = desk.live()?.desk.state;
  if (!state) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, TOLD_MS);
    const unwatch = state.watch(({ rooms }) => rooms.some((each) => each.room === room) && done());
    if (state.get().rooms.some((each) => each.room === room)) done();
    function done() {
      clearTimeout(timer);
      queueMicrotask(() => unwatch());
      resolve();
    }
  });
}

async function why(desk: RoomDesk, error: unknown, clients: number): Promise<NotStarted> {
  const nothing = { text: sayError(error), room: null, noCredit: false, alone: clients > 1 };
  if (!(error instanceof Refused)) return nothing;
  if (error.code === "room.no-credit") return { ...nothing, noCredit: true };
  if (error.code !== "room.client-open") return nothing;
  await desk.refresh().catch(() => undefined);
  const room = desk.rooms()?.find((each) => each.room === error.room) ?? null;
  return { ...nothing, room };
}
