/** Nine people on a loopback with delays of 5 to 120 ms, who come, go and reload at random (TP1 §2.6, A5): whoever is in hears
 * everybody else, whoever is out hears nobody. Time is counted, nothing sleeps. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Bytes, hex, utf8 } from "../wire/bytes.ts";
import { STREAM } from "../wire/frame.ts";
import { EpochHost } from "./epoch-host.ts";
import { EpochMember } from "./epoch-member.ts";
import { Opener } from "./opener.ts";
import { type Epoch, keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { randomBytes, ready } from "./sodium.ts";

await ready();
// Seconds on a busy machine.
setDefaultTimeout(60_000);

const SOUND_MS = 20;
/** One epoch, one path: nobody is heard before this after coming in. */
const SETTLE_MS = 250 + 2 * 120 + 1_500 + 1_000;

/** Numbers from a seed, so that a failure can be repeated. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Person = {
  readonly slot: number;
  readonly member: EpochMember;
  readonly opener: Opener;
  pid: Bytes;
  handshake: number;
  sealer: Sealer;
  since: number;
  in: boolean;
  everOut: number;
  /** Epochs that were on their way over a channel when a new handshake replaced it; see EpochRefusal "channel". */
  readonly cut: Set<number>;
};

class Room {
  now = 0;
  unread = 0;
  read = 0;
  overheard = 0;
  missed = 0;
  readonly #roll: (below: number) => number;
  readonly #due: { at: number; n: number; run: () => void }[] = [];
  #n = 0;
  readonly people: Person[] = [];
  host: EpochHost;
  #hostSealer: Sealer;
  #hostOpener = new Opener();
  /** Ways keep order: one time of arrival per pair. */
  readonly #last = new Map<string, number>();

  constructor(seed: number, size: number) {
    this.#roll = dice(seed);
    this.host = new EpochHost({ last: null, awaited: 0, name: "", now: 0 });
    this.#hostSealer = new Sealer({ pid: this.host.pid, slot: 0 });
    for (let slot = 1; slot < size; slot++) this.people.push(newPerson(slot));
  }

  /** Delivers on the ordered way from one to the other. */
  #carry(from: number, to: string, run: () => void): void {
    const way = `${from} ${to}`;
    const at = Math.max(this.now + 5 + this.#roll(116), this.#last.get(way) ?? 0);
    this.#last.set(way, at);
    this.#n += 1;
    this.#due.push({ at, n: this.#n, run });
  }

  admit(person: Person): void {
    person.pid = randomBytes(16);
    person.handshake = person.member.admitted(person);
    person.sealer = new Sealer(person);
    // Who only shakes hands anew (its own line, or the therapist's reload) must not miss anything.
    if (!person.in) person.since = this.now;
    person.in = true;
    this.host.join({ slot: person.slot, pid: person.pid, name: "" }, this.now);
  }

  leave(person: Person): void {
    person.in = false;
    person.everOut = this.now;
    this.host.leave(person.slot, this.now);
  }

  /** The therapist's page loads anew: new csid, new handshakes with all who are in (A5). */
  reload(): void {
    const inside = this.people.filter((person) => person.in);
    const { rv } = this.host;
    this.host = new EpochHost({ last: rv, awaited: inside.length, name: "", now: this.now });
    this.#hostSealer = new Sealer({ pid: this.host.pid, slot: 0 });
    this.#hostOpener = new Opener();
    for (const person of inside) {
      const { host } = this;
      this.#carry(person.slot, "host", () => {
        if (person.in && host === this.host) this.admit(person);
      });
    }
  }

  step(): void {
    this.now += 1;
    const epoch = this.host.tick(this.now);
    if (epoch !== null) this.#spread(epoch);
    const ready = this.#due.filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at || a.n - b.n);
    for (const one of ready) {
      this.#due.splice(this.#due.indexOf(one), 1);
      one.run();
    }
    if (this.now % SOUND_MS === 0) this.#speak();
  }

  #spread(epoch: Epoch): void {
    const copy = () => ({ ...epoch, secret: epoch.secret.slice() });
    const mine = keysOfEpoch(copy(), this.host.pid);
    this.#hostSealer.use(mine);
    this.#count(this.#hostOpener.install(mine, this.now).length);
    for (const person of this.people) {
      const { handshake } = person;
      if (!epoch.roster.some(({ pid }) => hex(pid) === hex(person.pid))) continue;
      this.#carry(0, `channel ${person.slot}`, () => {
        const keys = person.member.accept(copy(), handshake);
        if (keys === "channel") person.cut.add(epoch.rv & 255);
        if (typeof keys === "string") return;
        person.sealer.use(keys);
        this.#count(person.opener.install(keys, this.now).length);
      });
    }
  }

  #speak(): void {
    const host = { slot: 0, sealer: this.#hostSealer, since: 0, in: true };
    for (const { slot, sealer, in: present } of [host, ...this.people]) {
      if (!present) continue;
      const frame = sealedOrNull(sealer);
      if (frame === null) continue;
      for (const listener of this.people) {
        if (listener.slot === slot) continue;
        const settled = listener.in && this.now - listener.since > SETTLE_MS;
        this.#carry(slot, `ear ${listener.slot}`, () => this.#hear(listener, frame, settled));
      }
    }
  }

  #hear(listener: Person, frame: Bytes, settled: boolean): void {
    const result = listener.opener.open(frame, this.now);
    if (typeof result === "object") {
      this.read += 1;
      if (!listener.in && this.now - listener.everOut > 1_000) this.overheard += 1;
    } else if (settled && listener.in && listener.cut.has(frame[2] ?? 0)) this.missed += 1;
    else if (settled && listener.in && !(result === "epoch" && this.#comes(listener))) this.unread += 1;
  }

  /** A frame that is early is kept; the epoch for it is on its way. */
  #comes(listener: Person): boolean {
    return (this.#last.get(`0 channel ${listener.slot}`) ?? 0) >= this.now;
  }

  #count(opened: number): void {
    this.read += opened;
  }
}

function sealedOrNull(sealer: Sealer): Bytes | null {
  try {
    return sealer.seal(STREAM.microphone, utf8("sound"));
  } catch {
    return null;
  }
}

function newPerson(slot: number): Person {
  const pid = randomBytes(16);
  return {
    slot,
    pid,
    member: new EpochMember(),
    opener: new Opener(),
    handshake: 0,
    sealer: new Sealer({ pid, slot }),
    since: 0,
    in: false,
    everOut: 0,
    cut: new Set(),
  };
}

describe("[A5] nine people", () => {
  test.each([1, 2, 3])(
    "come, go and reload; nobody inside misses a frame, nobody outside opens one (seed %d)",
    (seed) => {
      const room = new Room(seed, 9);
      const roll = dice(seed * 77);
      for (const person of room.people) room.admit(person);
      let next = 4_000;
      while (room.now < 16_000) {
        room.step();
        if (room.now < next) continue;
        next = room.now + 100 + roll(900);
        const person = room.people[roll(8)];
        if (person === undefined) continue;
        const what = roll(5);
        if (what === 0) room.reload();
        else if (!person.in) room.admit(person);
        else if (what === 1) room.admit(person);
        else room.leave(person);
      }
      expect(room.read).toBeGreaterThan(3_000);
      expect([room.unread, room.overheard]).toEqual([0, 0]);
      expect(room.missed).toBeLessThan(room.read / 500);
    },
  );
  test("after the therapist's reload sound is back within three seconds, with one epoch", () => {
    const room = new Room(5, 9);
    for (const person of room.people) room.admit(person);
    for (let i = 0; i < 3_000; i++) room.step();
    room.reload();
    const before = room.host.rv;
    for (let i = 0; i < 1_500; i++) room.step();
    const back = room.read;
    for (let i = 0; i < 1_500; i++) room.step();
    // eight listeners, eight speakers for each, 75 frames of sound
    expect(room.read - back).toBeGreaterThan(0.99 * 8 * 8 * 75);
    expect(room.host.rv).toBe(before + 1);
    expect(room.unread).toBe(0);
  });
});
