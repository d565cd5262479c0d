/** The desk of the pages, with its own line to the server: who waits, who is inside, and the call itself. It lives as long as
 * the vault is open. */
import { useLocation } from "@solidjs/router";
import { createMemo, createSignal, onCleanup, untrack } from "solid-js";
import type { RoomId } from "../../wire/ids.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { roomsApi } from "../api/calls.ts";
import { browserStore, tabStore } from "../call/browser.ts";
import type { DeskState } from "../call/desk-types.ts";
import { OpenDesk } from "../call/open-desk.ts";
import { language } from "../i18n/language.ts";
import { clientOfRid, identityOf, settingsOf } from "../vault/clients.ts";
import { deskKeysOf } from "../vault/desk-keys.ts";
import type { Vault } from "../vault/vault.ts";
import type { RoomDesk } from "./desk.ts";
import { createKnock } from "./knock/knock.ts";
import { createPlannedDesk } from "./planned/planned-desk.ts";
import { createReminder } from "./planned/reminder.ts";

/** The desk of `vault`, to be made inside a Solid owner; closed with it. */
export function createDesk(vault: Vault): RoomDesk {
  const [listed, setListed] = createSignal<readonly OpenRoom[] | null>(null);
  const [state, setState] = createSignal<DeskState | null>(null);
  const [live, setLive] = createSignal<OpenDesk | null>(null);

  const begin = () => {
    const stores = { tab: tabStore(), browser: browserStore() };
    const keys = live() ? null : deskKeysOf(vault, Date.now, stores, () => untrack(planned.list) ?? []);
    if (!keys) return;
    const desk = new OpenDesk(keys, {
      oneByOne: () => settingsOf(vault.state.get().records).oneByOne,
      relayOnly: () => settingsOf(vault.state.get().records).relayOnly,
      reach: () => settingsOf(vault.state.get().records).reach,
      words: language,
    });
    setLive(desk);
    let isHost = false;
    desk.desk.state.watch((next) => {
      // the page that had the clients before us has written down who is inside (A5)
      if (next.lease === "here" && !isHost) void catchUp(vault, desk);
      isHost = next.lease === "here";
      setState(next);
      if (next.lease !== "unknown") setListed(next.rooms);
      learn(vault, next.rooms);
    });
  };
  begin();
  const location = useLocation();
  createKnock(state, () => location.pathname.startsWith("/call/"));
  // a vault whose identity key could not be made yet gets its desk as soon as it has one
  onCleanup(vault.state.watch(({ records }) => identityOf(records) && begin()));
  // who waits is decided about anew when the practice wants to know more, or less
  let { before } = settingsOf(vault.state.get().records);
  const reconsider = (next: typeof before) => {
    if (next !== before) live()?.desk.reconsider();
    before = next;
  };
  onCleanup(vault.state.watch(({ records }) => reconsider(settingsOf(records).before)));
  onCleanup(() => live()?.close());

  const visitors = createMemo(() => state()?.visitors ?? []);
  const refresh = async () => void setListed(await roomsApi.list());
  const add = (room: OpenRoom) => setListed([room, ...without(listed(), room.room)]);
  const planned = createPlannedDesk(
    add,
    () =>
      listed()
        ?.map(({ room }) => room)
        .join() ?? "",
  );
  createReminder(planned.list);
  return {
    planned,
    live,
    rooms: listed,
    waiting: (room) => visitors().filter((visitor) => visitor.room === room && visitor.at !== "in"),
    inside: (room) => visitors().filter((visitor) => visitor.room === room && visitor.at === "in").length,
    isWatching: () => state()?.lease === "here",
    refresh,
    async open(clients) {
      const room = await roomsApi.open(clients);
      add(room);
      return room;
    },
    async close(room) {
      await roomsApi.close(room);
      setListed(without(listed(), room));
    },
  };
}

const without = (rooms: readonly OpenRoom[] | null, room: RoomId) =>
  (rooms ?? []).filter((other) => other.room !== room);

async function catchUp(vault: Vault, { desk }: OpenDesk): Promise<void> {
  await vault.refresh().catch(() => undefined);
  desk.reconsider();
}

/** A room of a client made on another device a moment ago: its entry is one fetch away. */
function learn(vault: Vault, rooms: readonly OpenRoom[]): void {
  const { records } = vault.state.get();
  const isNew = rooms.some((room) =>
    room.clients.some((rids) => !rids.some((rid) => clientOfRid(records, rid))),
  );
  // the next change of rooms or the next look at the page tries again
  if (isNew) vault.refresh().catch(() => undefined);
}
