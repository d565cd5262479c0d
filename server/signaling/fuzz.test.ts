/** Random lives of several practices at once, with what must hold after every single step. A failure prints its seed; put
 * it into `SEEDS` to keep it. `FUZZ_SEED=…` runs one, `FUZZ_STEPS=…` makes it longer. */
import { describe, expect, test } from "bun:test";
import { type Bytes, u32be } from "../../wire/bytes.ts";
import { newId, type PeerId, type PracticeId, type Rid, type RoomId, type SeatId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import type { ToServer } from "../../wire/signal.ts";
import { doorOf } from "./lobby.ts";
import { type Page, World } from "./testing/world.ts";

/** Seeds that failed once, then some at random. */
const SEEDS = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, 2, 3, 4, 5, ...Array.from({ length: 15 }, () => Math.floor(Math.random() * 2 ** 32))];
const STEPS = Number(process.env.FUZZ_STEPS ?? 400);

type House = {
  practice: PracticeId;
  user: UserName;
  session: string;
  rids: Rid[];
  rooms: RoomId[];
  seats: SeatId[];
};
type Someone = { page: Page; house: House; role: "host" | "client"; token: Page["token"] };

class Life {
  readonly world = new World();
  readonly houses: House[];
  someones: Someone[] = [];
  lost: Someone[] = [];
  #state: number;
  #marks = 0;
  /** Which practice each relayed mark belongs to. */
  readonly marks = new Map<number, PracticeId>();

  constructor(seed: number) {
    this.#state = seed >>> 0;
    this.houses = [0, 1, 2].map(() => this.#house());
  }

  #house(): House {
    const { practice, session } = this.world.practice();
    const rids = [0, 1, 2].map(() => this.world.link(practice));
    const user = `house-${this.world.users.size}` as UserName;
    this.world.users.set(user, practice);
    return { practice, user, session, rids, rooms: [], seats: rids.map(() => newId<SeatId>()) };
  }

  /** mulberry32: the same life again from the same seed. */
  random(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.random(from.length || 1)];
  }

  step(): string {
    const acts = Object.entries(ACTS).flatMap(([name, [weight]]) => Array<string>(weight).fill(name));
    const name = this.pick(acts) ?? "pass";
    ACTS[name]?.[1](this);
    this.#bury();
    return name;
  }

  /** Whoever was closed by the server is nobody's page any more. */
  #bury(): void {
    for (const one of this.someones) if (one.page.inbox.length > 0) one.token = one.page.token;
    const gone = this.someones.filter(({ page }) => page.closed !== null);
    this.lost = [...this.lost, ...gone].slice(-20);
    this.someones = this.someones.filter(({ page }) => page.closed === null);
  }

  arrive(page: Page, house: House, role: "host" | "client"): void {
    if (page.closed === null) this.someones.push({ page, house, role, token: page.token });
  }

  /** Most often one that `house` may speak to, else anybody. */
  peerFor(house: House): PeerId {
    const practice = this.world.core.lobby.practices.get(house.practice);
    const near = practice ? [...practice.clients].map(({ id }) => id) : [];
    if (practice?.lease) near.push(practice.lease.holder);
    return (this.random(6) > 0 ? this.pick(near) : undefined) ?? this.anyPeer();
  }

  anyPeer(): PeerId {
    return this.pick([...this.world.core.lobby.peers.keys()]) ?? newId<PeerId>();
  }

  mark(practice: PracticeId): Bytes {
    this.#marks += 1;
    this.marks.set(this.#marks, practice);
    return u32be(this.#marks);
  }

  say(role: "host" | "client" | "any", message: (who: Someone) => ToServer | undefined): void {
    const able = this.someones.filter((one) => role === "any" || one.role === role);
    const holders = able.filter(({ page }) => page.all("lease").at(-1)?.state === "here");
    const who = this.pick(role === "host" && this.random(3) > 0 && holders.length > 0 ? holders : able);
    const what = who && message(who);
    if (who && what) who.page.send(what);
  }
}

const ACTS: Record<string, [number, (life: Life) => unknown]> = {
  hello: [
    6,
    (life) => {
      const house = life.pick(life.houses);
      const rid = house && life.pick(house.rids);
      if (house && rid) life.arrive(life.world.client(rid, `a${life.random(3)}`), house, "client");
    },
  ],
  byCode: [
    4,
    (life) => {
      const house = life.pick(life.houses);
      if (house) life.arrive(life.world.byCode(house.user, `a${life.random(9)}`), house, "client");
    },
  ],
  host: [
    3,
    (life) => {
      const house = life.pick(life.houses);
      if (house) life.arrive(life.world.host(house.session), house, "host");
    },
  ],
  resume: [
    6,
    (life) => {
      const who = life.pick([...life.lost, ...life.someones]);
      if (!who) return;
      life.lost = life.lost.filter((one) => one !== who);
      const page = life.world.resume(who.token, who.role === "host" ? who.house.session : null);
      life.someones = life.someones.filter((one) => one.page.closed === null);
      life.arrive(page, who.house, who.role);
    },
  ],
  drop: [
    4,
    (life) => {
      const who = life.pick(life.someones);
      if (!who) return;
      who.page.drop(life.pick([1006, 1006, 4009, 1001, 1000]) ?? 1006);
      life.someones = life.someones.filter((one) => one !== who);
      life.lost.push(who);
    },
  ],
  mute: [
    2,
    (life) => {
      const who = life.pick(life.someones);
      if (who) who.page.pongs = !who.page.pongs;
    },
  ],
  open: [
    4,
    (life) => {
      const house = life.pick(life.houses);
      if (!house || house.rooms.length > 0) return;
      house.rooms = [
        life.world.open(house.practice, house.rids.slice(0, 1 + life.random(3)), life.random(2) === 0),
      ];
    },
  ],
  close: [
    1,
    (life) => {
      const house = life.pick(life.houses);
      const room = house?.rooms.pop();
      if (house && room) life.world.close(house.practice, room);
    },
  ],
  claim: [3, (life) => life.say("host", () => ({ t: "claim", force: life.random(2) === 0 }))],
  enter: [
    8,
    (life) =>
      life.say("host", ({ house }) => {
        const room = life.random(5) === 0 ? null : (life.pick(house.rooms) ?? newId<RoomId>());
        return { t: "enter", room };
      }),
  ],
  seat: [
    12,
    (life) =>
      life.say("host", ({ house }) => {
        const seat = life.pick(house.seats) ?? newId<SeatId>();
        return { t: "seat", peer: life.peerFor(house), seat, slot: life.random(16) };
      }),
  ],
  unseat: [2, (life) => life.say("host", ({ house }) => ({ t: "unseat", peer: life.peerFor(house) }))],
  end: [
    1,
    (life) =>
      life.say("host", ({ house }) => ({ t: "end", room: life.pick(house.rooms) ?? newId<RoomId>() })),
  ],
  relay: [
    30,
    (life) =>
      life.say("any", ({ house }) => {
        const data = life.mark(house.practice);
        return { t: "relay", to: life.peerFor(house), n: 1, ack: 0, data };
      }),
  ],
  media: [4, (life) => life.say("any", () => ({ t: "media" }))],
  leave: [1, (life) => life.random(3) === 0 && life.say("client", () => ({ t: "leave" }))],
  garbage: [
    1,
    (life) => {
      if (life.random(4) > 0) return;
      life.pick(life.someones)?.page.raw(new Uint8Array([life.random(256), life.random(256)]));
    },
  ],
  pass: [10, (life) => life.world.pass(life.random(5) === 0 ? life.random(40_000) : life.random(3000))],
  restart: [
    1,
    (life) => {
      if (life.random(8) > 0) return;
      life.lost = [...life.lost, ...life.someones].slice(-20);
      life.someones = [];
      life.world.restart();
      for (const change of life.world.presence.splice(0)) void change;
    },
  ],
};

/** What must hold whatever happened. */
function holds({ world, someones, marks }: Life): void {
  const { lobby } = world.core;
  for (const practice of lobby.practices.values()) {
    const holder = practice.lease && lobby.peers.get(practice.lease.holder);
    if (practice.lease) expect(holder).toMatchObject({ role: "host", practice: practice.id });
    const told = someones.filter(({ page, role, house }) => {
      const mine = role === "host" && house.practice === practice.id && world.pages.has(page.conn);
      return mine && page.all("lease").at(-1)?.state === "here";
    });
    expect(told.length, "pages that believe to hold the lease").toBeLessThanOrEqual(1);
    if (told[0]) expect(told[0].page.peer).toBe(practice.lease?.holder as PeerId);
    const seats = [...practice.clients].flatMap(({ place }) => (place.state === "joined" ? [place] : []));
    const media = [...practice.hosts, ...practice.clients].filter(({ id }) => lobby.slots.of(id));
    expect(media.length, "slots of a practice").toBeLessThanOrEqual(seats.length + 1);
    expect(new Set(seats.map(({ seat }) => seat)).size, "a seat on two peers").toBe(seats.length);
    for (const { room, call } of seats) {
      expect(practice.rooms.find((open) => open.room === room)?.call, "a seat outside its call").toBe(call);
    }
    for (const client of practice.clients) {
      expect(client.place.state).not.toBe("left");
      if (client.line.at !== "here" || !client.door) continue;
      expect(client.door, "a stale door").toEqual(doorOf(practice, client));
    }
  }
  for (const peer of lobby.peers.values()) {
    const set = lobby.practices.get(peer.practice);
    expect(peer.role === "client" ? set?.clients.has(peer) : set?.hosts.has(peer)).toBe(true);
    if (peer.line.at !== "here") continue;
    expect(lobby.conns.get(peer.line.conn)?.stage, "a line that is not the peer's").toEqual({
      at: "known",
      peer,
    });
  }
  for (const { page, house } of someones) {
    for (const { data } of page.all("relay")) {
      const from = marks.get(new DataView(data.buffer).getUint32(0));
      expect(from, "a relay from another practice").toBe(house.practice);
    }
  }
  slotsHold(world);
  let open = 0;
  for (const { conns } of lobby.addresses.values()) open += conns;
  expect(open, "connections are counted").toBe(lobby.conns.size);
}

/** What the relay was told comes to exactly the slots of those who are in a call, and no two of them share one. */
function slotsHold({ core: { lobby }, slots }: World): void {
  const due = [...lobby.practices.values()].flatMap((practice) => {
    const clients = [...practice.clients].flatMap(({ place }) =>
      place.state === "joined" && place.slot !== null ? [`${place.call} ${place.slot}`] : [],
    );
    const call = practice.rooms.find(({ room }) => room === practice.lease?.room)?.call;
    return call ? [`${call} 0`, ...clients] : clients;
  });
  expect(due.toSorted(), "slots of those in a call").toEqual([...slots].toSorted());
}

/** Present and absent alternate per seat and call, and nobody is present in a call that ended. */
function presenceHolds({ world }: Life): void {
  const here = new Set<string>();
  for (const change of world.presence) {
    const isEmpty = ![...here].some((key) => key.startsWith(change.call));
    if (change.t === "ended") expect(isEmpty).toBe(true);
    else if (change.t === "beat") expect(isEmpty).toBe(false);
    else {
      const key = `${change.call} ${change.seat}`;
      expect(here.has(key)).toBe(change.t === "absent");
      if (change.t === "present") here.add(key);
      else here.delete(key);
    }
  }
}

describe("random lives", () => {
  test.each(SEEDS)("seed %d", (seed) => {
    const life = new Life(seed);
    const steps: string[] = [];
    try {
      for (let i = 0; i < STEPS; i++) {
        steps.push(life.step());
        holds(life);
      }
      presenceHolds(life);
    } catch (error) {
      throw new Error(`seed ${seed}, step ${steps.length} (${steps.slice(-5).join(", ")})`, { cause: error });
    }
  });
});
