/** A group, and the way over the server, against the real signaling core; only the media plane is a stand-in (its keys are real). */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { DROP_MS, STOP_SEND_MS } from "../../wasm/beats.ts";
import { hex } from "../../wire/bytes.ts";
import type { PeerId } from "../../wire/ids.ts";
import { FakeConnection } from "./fake-connection.testing.ts";
import { DOUBT_MS } from "./host-beats.ts";
import { FALLBACK_MS, LOST_FALLBACK_MS } from "./host-call.ts";
import { BEHIND_FRAMES, WEAK_SAID_MS } from "./relay-call.ts";
import { FakePlane } from "./testing/fake-plane.ts";
import {
  begin,
  clock,
  end,
  memory,
  mine,
  openClient,
  openDesk,
  openRoom,
  other,
  settings,
  settle,
} from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

type Client = ReturnType<typeof openClient>;
type OpenDesk = ReturnType<typeof openDesk>;

async function comes(client: Client): Promise<Client> {
  await settle();
  client.join();
  await settle();
  client.call.enterGroup();
  await settle();
  return client;
}

/** Joins within 250 ms share an epoch: lets it come, and one round of beats. */
async function epoch(): Promise<void> {
  clock.pass(300);
  await settle();
}

async function group() {
  const desk = openDesk();
  const room = await openRoom(mine.rid, other.rid);
  desk.enter(room);
  await settle();
  const stores = [memory(), memory()] as const;
  const [a, b] = [await comes(openClient(stores[0])), await comes(openClient(stores[1], other))];
  await epoch();
  return { desk, room, a, b, stores };
}

const planeOf = (slot: number) => FakePlane.all.find((plane) => plane.slot === slot) as FakePlane;
const people = (client: Client) => client.call.state.get().relay?.people ?? [];
const seats = ({ desk }: OpenDesk) => desk.state.get().relay?.people.map(({ slot, name }) => [slot, name]);

/** Real time goes by: beats and their echoes cross on the way. */
async function minutes(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    clock.pass(980);
    await settle();
  }
}

describe("coming into a group", () => {
  test("before it comes in, a client is told sealed how many others belong to it; nothing of it is in before it presses", async () => {
    const desk = openDesk();
    desk.enter(await openRoom(mine.rid, other.rid));
    const client = openClient();
    await settle();
    client.join();
    await settle();
    expect(client.call.state.get().stage).toEqual({ at: "group", others: 2 });
    expect(desk.seen()).toEqual([{ name: "K-1", at: "waits", known: false }]);
    expect(FakePlane.all.map(({ slot }) => slot)).toEqual([0]);
    client.call.enterGroup();
    await settle();
    expect(client.at()).toBe("in");
    expect(FakePlane.all.map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test("over the server from the first peer on: no connection between browsers, no address looked for", async () => {
    await group();
    expect(FakeConnection.described).toBe(0);
  });

  test("the loudspeaker that was chosen plays on after a worker has died, and where it was chosen before the call", async () => {
    const { desk, a } = await group();
    desk.desk.call.setLoudspeaker("headset");
    a.call.call.setLoudspeaker("earphones");
    const before = planeOf(1);
    planeOf(0).options.onDead();
    for (let i = 0; i < 20 && planeOf(1) === before; i++) await settle();
    expect(planeOf(1)).not.toBe(before);
    expect([0, 1].map((slot) => planeOf(slot).loudspeaker)).toEqual(["headset", "earphones"]);
  });

  test("everybody has the same roster and the same seats; names are those typed for this call", async () => {
    const { desk, a, b } = await group();
    const named = [
      [0, ""],
      [1, "Maxi"],
      [2, "Maxi"],
    ];
    expect(seats(desk)).toEqual(named as never);
    for (const client of [a, b])
      expect(people(client).map(({ slot, name }) => [slot, name])).toEqual(named as never);
    expect(people(b).find(({ isMe }) => isMe)?.slot).toBe(2);
  });

  test("[TP1 2.6] one epoch for all: the same rv, each its own key, nobody another's", async () => {
    await group();
    const newest = [0, 1, 2].map((slot) => planeOf(slot).keys.at(-1));
    expect(new Set(newest.map((keys) => keys?.rv)).size).toBe(1);
    const own = newest.map((keys) => hex(keys?.own.key ?? new Uint8Array()));
    expect(new Set(own).size).toBe(3);
    const known = newest[0]?.others.map(({ key }) => hex(key)).sort();
    expect(known).toEqual([own[1], own[2]].sort() as never);
  });

  test("who came by itself is asked to press once for each page, not for each handshake", async () => {
    const { desk, room, a } = await group();
    desk.gone();
    await settle();
    const reloaded = openDesk();
    await settle();
    reloaded.enter(room);
    await settle();
    await epoch();
    expect(a.at()).toBe("in");
    expect(reloaded.seen().map(({ at }) => at)).toEqual(["in", "in"]);
  });
});

describe("[A5] the therapist reloads in a group", () => {
  test("all are in again by themselves with one epoch, under a new csid", async () => {
    const { desk, room } = await group();
    const before = hex(planeOf(1).keys.at(-1)?.csid ?? new Uint8Array());
    desk.gone();
    FakePlane.all = FakePlane.all.filter(({ slot }) => slot !== 0);
    await settle();
    const reloaded = openDesk();
    await settle();
    reloaded.enter(room);
    await settle();
    await epoch();
    const keys = planeOf(1).keys;
    expect(keys).toHaveLength(1);
    expect(hex(keys[0]?.csid ?? new Uint8Array())).not.toBe(before);
    expect(keys[0]?.others.map(({ slot }) => slot).sort()).toEqual([0, 2]);
    expect(planeOf(0).keys).toHaveLength(1);
  });
});

describe("leaving", () => {
  test("[TP1 2.6] who leaves is out of the next epoch at once; the others forget it", async () => {
    const { desk, a, b } = await group();
    const before = planeOf(2).keys.at(-1)?.rv ?? 0;
    a.call.leave();
    await settle();
    const keys = planeOf(2).keys.at(-1);
    expect(keys?.rv).toBe(before + 1);
    expect(keys?.others.map(({ slot }) => slot)).toEqual([0]);
    expect([planeOf(0).forgotten, planeOf(2).forgotten]).toEqual([[1], [1]]);
    expect(people(b).map(({ slot }) => slot)).toEqual([0, 2]);
    expect(seats(desk)?.length).toBe(2);
  });

  test("whoever is sent out learns it, and is asked for before it comes again", async () => {
    const { desk, a, stores } = await group();
    const peer = desk.desk.state.get().visitors.find(({ slot }) => slot === 1)?.peer;
    if (peer) desk.desk.remove(peer);
    await settle();
    expect(a.at()).toBe("removed");
    expect(
      planeOf(2)
        .keys.at(-1)
        ?.others.map(({ slot }) => slot),
    ).toEqual([0]);
    const again = await comes(openClient(stores[0]));
    expect(again.at()).toBe("waiting");
    expect(desk.seen().find(({ name }) => name === "K-1")?.at).toBe("asks");
  });

  test("hanging up ends it for all, and no key is left", async () => {
    const { desk, a, b } = await group();
    desk.desk.hangUp();
    await settle();
    expect([a.at(), b.at(), FakePlane.all.length]).toEqual(["ended", "ended", 0]);
    expect(desk.desk.state.get().relay).toBe(null);
  });
});

describe("[A3] beats", () => {
  test("what each shows reaches everybody, sealed; the server can fake no 'muted'", async () => {
    const { desk, a, b } = await group();
    a.call.call.setHand(true);
    await settle();
    await epoch();
    expect(people(b).find(({ slot }) => slot === 1)?.shows.hand).toBe(true);
    expect(desk.desk.state.get().relay?.people.find(({ slot }) => slot === 1)?.shows.hand).toBe(true);
    desk.desk.call.setHand(true);
    await epoch();
    expect(people(a).find(({ slot }) => slot === 0)?.shows.hand).toBe(true);
  });

  test("a client that hears no echo of its own beats seals nothing after 15 s, and goes on when it does again", async () => {
    const { a } = await group();
    expect(planeOf(1).mayAllow).toBe(true);
    a.server.late = true;
    await minutes(STOP_SEND_MS / 1000 - 1);
    expect(planeOf(1).mayAllow).toBe(true);
    await minutes(4);
    expect([planeOf(1).mayAllow, a.call.state.get().inTouch]).toEqual([false, false]);
    expect(planeOf(2).mayAllow).toBe(true);
    a.release();
    await settle();
    await minutes(4);
    expect([planeOf(1).mayAllow, a.call.state.get().inTouch]).toEqual([true, true]);
  });

  test("who is not heard for 20 s is out of the roster; the others go on", async () => {
    const { desk, a, b } = await group();
    a.server.mute = true;
    await minutes(DROP_MS / 1000 + 2);
    expect(people(b).map(({ slot }) => slot)).toEqual([0, 2]);
    expect(desk.seen().map(({ name }) => name)).toEqual(["K-2"]);
    // its line is back: nobody is asked, and it is in again with a new handshake
    a.release();
    await minutes(9);
    expect([a.at(), people(b).map(({ slot }) => slot)]).toEqual(["in", [0, 1, 2]]);
  });

  test("who does not take an epoch shakes hands anew, and has the next one", async () => {
    const { a, b } = await group();
    const pid = hex(planeOf(1).options.pid);
    a.server.late = true;
    b.call.leave();
    await settle();
    await minutes(17);
    a.release();
    await minutes(3);
    expect(hex(planeOf(1).options.pid)).not.toBe(pid);
    expect(people(a).map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test("[TP1 2.6] a voice that the server holds back is noticed: it has not come as far as its sender says", async () => {
    const { b } = await group();
    const weak = () => people(b).find(({ slot }) => slot === 1)?.weak;
    const hears = (ctr: number) => planeOf(2).options.onLevels([{ slot: 1, level: 0, ctr }]);
    planeOf(1).options.onSaid(500);
    hears(500 - BEHIND_FRAMES);
    await minutes(7);
    expect(weak()).toBe(false);
    planeOf(1).options.onSaid(501);
    await minutes(7);
    expect(weak()).toBe(true);
    hears(501);
    await minutes(4);
    expect(weak()).toBe(false);
  });

  test("a microphone that the therapist switches off is off, and its owner may switch it on again", async () => {
    const { desk, a } = await group();
    const peer = desk.desk.state.get().visitors.find(({ slot }) => slot === 1)?.peer;
    if (peer) desk.desk.call.mute(peer);
    await settle();
    expect(a.capture.captured.muted).toBe(true);
    a.capture.setMuted(false);
    expect(a.capture.captured.muted).toBe(false);
  });
});

describe("[TP1 3.3] the server says that somebody has left", () => {
  const peerOf = ({ desk }: OpenDesk, slot: number) =>
    desk.state.get().visitors.find((visitor) => visitor.slot === slot)?.peer as PeerId;
  const hostOf = (client: Client) => client.posted().find((message) => message.t === "relay")?.to as PeerId;
  /** Of everybody: pid and newest epoch. */
  const keysNow = () =>
    [0, 1, 2].map(planeOf).map(({ options, keys }) => [hex(options.pid), keys.at(-1)?.rv, keys.length]);

  test("to the therapist, of a client whose beats are heard: the same roster, the same handshakes, the same epoch", async () => {
    const { desk, a, b } = await group();
    const before = keysNow();
    desk.desk.receive({ t: "peer", peer: peerOf(desk, 1), state: "gone" });
    await minutes(DOUBT_MS / 1000 + 3);
    expect(keysNow()).toEqual(before);
    for (const client of [a, b]) expect(people(client).map(({ slot }) => slot)).toEqual([0, 1, 2]);
    expect([a.call.state.get().inTouch, planeOf(1).mayAllow]).toEqual([true, true]);
  });

  test("to a client, of the therapist: likewise", async () => {
    const { a } = await group();
    const before = keysNow();
    a.call.receive({ t: "peer", peer: hostOf(a), state: "gone" });
    await minutes(STOP_SEND_MS / 1000 + 3);
    expect(keysNow()).toEqual(before);
    expect([a.at(), planeOf(1).mayAllow]).toEqual(["in", true]);
  });

  test("a seat is not free by the server's word: whoever holds the link alone is still asked for", async () => {
    const { desk } = await group();
    desk.desk.receive({ t: "peer", peer: peerOf(desk, 1), state: "gone" });
    const thief = await comes(openClient());
    expect(thief.at()).toBe("waiting");
    expect(
      desk
        .seen()
        .filter(({ name }) => name === "K-1")
        .map(({ at }) => at)
        .sort(),
    ).toEqual(["asks", "in"]);
  });

  test("who has left indeed is out when no beat comes any more, and is nobody's route", async () => {
    const { desk, a, b } = await group();
    a.gone();
    await settle();
    expect(people(b).map(({ slot }) => slot)).toEqual([0, 1, 2]);
    await minutes(DOUBT_MS / 1000 + 2);
    expect(people(b).map(({ slot }) => slot)).toEqual([0, 2]);
    expect(seats(desk)?.length).toBe(2);
  });

  test("a known device that comes again at once takes its seat over", async () => {
    const { desk, a, b, stores } = await group();
    a.gone();
    const again = await comes(openClient(stores[0]));
    await epoch();
    expect(again.at()).toBe("in");
    expect(people(b).map(({ slot }) => slot)).toEqual([0, 1, 2]);
    await minutes(DOUBT_MS / 1000 + 3);
    expect(desk.seen().map(({ name, at }) => [name, at])).toEqual([
      ["K-2", "in"],
      ["K-1", "in"],
    ]);
    expect(planeOf(1).mayAllow).toBe(true);
  });
});

test("a weak line is said once it has been weak for 3 s, and no longer when it is not", async () => {
  const { a } = await group();
  const weak = () => a.call.state.get().relay?.weak;
  planeOf(1).state("open", { own: true, slots: [] });
  clock.pass(WEAK_SAID_MS - 1);
  expect(weak()).toBe(false);
  clock.pass(1);
  expect(weak()).toBe(true);
  planeOf(1).state("open", { own: false, slots: [] });
  expect(weak()).toBe(false);
  planeOf(1).state("open", { own: true, slots: [] });
  planeOf(1).state("open");
  clock.pass(WEAK_SAID_MS);
  expect(weak()).toBe(false);
});

describe("chat of a group", () => {
  const heard = (chat: { state: { get(): { entries: readonly { from: number | null }[] } } }) =>
    chat.state.get().entries.map((entry) => [entry.from, (entry as { text?: string }).text]);

  test("[TP1 2.9] what one says, all read, with the slot of whoever said it; it has arrived when all have it", async () => {
    const { desk, a, b } = await group();
    a.call.chat.say("Guten Tag");
    await epoch();
    expect(heard(b.call.chat)).toEqual([[1, "Guten Tag"]]);
    expect(heard(desk.desk.chat)).toEqual([[1, "Guten Tag"]]);
    expect(a.call.chat.state.get().entries).toMatchObject([{ from: null, state: "arrived" }]);
    desk.desk.chat.say("Willkommen");
    expect(heard(b.call.chat)).toEqual([
      [1, "Guten Tag"],
      [0, "Willkommen"],
    ]);
  });
});

describe("two people over the server", () => {
  async function pair() {
    const desk = openDesk();
    desk.enter(await openRoom(mine.rid));
    await settle();
    return { desk, client: await comes(openClient()) };
  }

  test("a practice that hides addresses: no connection between browsers is ever made", async () => {
    settings.relayOnly = true;
    const { desk, client } = await pair();
    await epoch();
    expect([client.at(), FakeConnection.described]).toEqual(["in", 0]);
    expect(seats(desk)?.length).toBe(2);
  });

  test("a client that hides its address: likewise", async () => {
    settings.hide = true;
    const { client } = await pair();
    await epoch();
    expect([client.at(), FakeConnection.described]).toEqual(["in", 0]);
    expect(people(client).map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test("a direct way that does not open in 5 s goes over the server, without a click", async () => {
    FakeConnection.meets = false;
    const { desk, client } = await pair();
    expect(client.call.state.get().relay).toBe(null);
    clock.pass(FALLBACK_MS - 100);
    await settle();
    expect(client.call.state.get().relay).toBe(null);
    clock.pass(200);
    await settle();
    await epoch();
    expect(client.call.state.get().conversation).toBe(null);
    expect(people(client).map(({ slot }) => slot)).toEqual([0, 1]);
    expect(seats(desk)?.length).toBe(2);
    expect([planeOf(0).keys.length, planeOf(1).keys.length]).toEqual([1, 1]);
    desk.desk.chat.say("hier");
    expect(client.call.chat.state.get().entries).toMatchObject([{ text: "hier" }]);
  });

  test("a direct way that is lost in the call and does not come back goes over the server too", async () => {
    const { client } = await pair();
    clock.pass(60_000);
    await settle();
    FakeConnection.lose();
    clock.pass(LOST_FALLBACK_MS - 1_000);
    await settle();
    expect(client.call.state.get().conversation?.line.at).toBe("reconnecting");
    clock.pass(2_000);
    await settle();
    await epoch();
    expect(client.call.state.get().conversation).toBe(null);
    expect(people(client).map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test("one that is lost while the client does not reach the server stays as it is, until it does", async () => {
    const { client } = await pair();
    await settle();
    client.server.mute = true;
    FakeConnection.lose();
    clock.pass(LOST_FALLBACK_MS + 3_000);
    await settle();
    expect(client.call.state.get().conversation?.line.at).toBe("reconnecting");
    client.release();
    for (let beat = 0; beat < 3; beat++) {
      clock.pass(3_000);
      await settle();
    }
    await epoch();
    expect(people(client).map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test("one that opens stays direct", async () => {
    const { client } = await pair();
    clock.pass(FALLBACK_MS + 100);
    await settle();
    expect(client.call.state.get().conversation?.line.at).toBe("open");
    expect(FakePlane.all).toEqual([]);
  });
});
