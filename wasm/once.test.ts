/** Over any order of speaking, joining, leaving, new handshakes and reloads of the host (TP1 §3.2, A5, A6): no (key, nonce) is used
 * twice by anybody, and no frame opens twice anywhere, however a server repeats, holds back and mixes them. */
import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { type Bytes, concat, hex, u32be } from "../wire/bytes.ts";
import { STREAM, type Stream } from "../wire/frame.ts";
import type { OpenedFrame } from "./opener.ts";
import { Opener } from "./opener.ts";
import { type Epoch, keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { randomBytes, ready } from "./sodium.ts";

await ready();
setDefaultTimeout(60_000);

type Step =
  | { readonly do: "speak"; readonly who: number; readonly stream: Stream }
  | { readonly do: "bring"; readonly which: number }
  | { readonly do: "anew" | "out" | "back"; readonly who: number }
  | { readonly do: "reload" }
  | { readonly do: "epoch" }
  | { readonly do: "pass"; readonly ms: number };

type Person = { pid: Bytes; sealer: Sealer; key: string; in: boolean };

/** Four people, the host among them; the last one listens. */
class Room {
  readonly sealed: Bytes[] = [];
  readonly nonces = new Set<string>();
  readonly heard = new Map<string, number>();
  repeated = 0;
  #now = 0;
  #rv = 0;
  #csid = randomBytes(16);
  readonly #opener = new Opener();
  readonly #people: Person[] = Array.from({ length: 4 }, (_, slot) => newPerson(slot));

  constructor() {
    this.#epoch();
  }

  step(step: Step): void {
    if (step.do === "speak") this.#speak(step.who, step.stream);
    else if (step.do === "bring") this.#bring(this.sealed[step.which % this.sealed.length]);
    else if (step.do === "pass") this.#now += step.ms;
    else if (step.do === "epoch") this.#epoch();
    else if (step.do === "reload") this.#reload();
    else this.#changes(step.do, step.who);
  }

  #changes(what: "anew" | "out" | "back", slot: number): void {
    const person = this.#people[slot] as Person;
    if (what === "out") person.in = false;
    else if (what === "anew" || !person.in) this.#people[slot] = newPerson(slot);
    this.#epoch();
  }

  /** A new page of the host: everybody shakes hands anew. rv goes on, or starts anywhere. */
  #reload(): void {
    this.#csid = randomBytes(16);
    this.#rv = (this.#rv * 7) % 600;
    for (const slot of [0, 1, 2, 3]) this.#people[slot] = newPerson(slot);
    this.#epoch();
  }

  #epoch(): void {
    this.#rv += 1;
    const roster = this.#people.flatMap(({ pid, in: inside }, slot) =>
      inside ? [{ pid, slot, name: "" }] : [],
    );
    const epoch: Epoch = { csid: this.#csid, rv: this.#rv, secret: randomBytes(32), roster };
    for (const person of this.#people.filter((one) => one.in)) {
      const keys = keysOfEpoch(epoch, person.pid);
      person.key = hex(keys.own.key);
      person.sealer.use(keys);
    }
    const ear = this.#people[3] as Person;
    for (const frame of this.#opener.install(keysOfEpoch(epoch, ear.pid), this.#now)) this.#hear(frame);
  }

  #speak(slot: number, stream: Stream): void {
    const { sealer, key, pid } = this.#people[slot] as Person;
    const frame = sealer.seal(stream, u32be(this.sealed.length));
    this.sealed.push(frame);
    const nonce = `${key} ${hex(concat(frame.subarray(0, 8), pid))}`;
    if (this.nonces.has(nonce)) this.repeated += 1;
    this.nonces.add(nonce);
  }

  #bring(frame: Bytes | undefined): void {
    const opened = frame && this.#opener.open(frame, this.#now);
    if (typeof opened === "object") this.#hear(opened);
  }

  /** Each frame's plain is its own number. */
  #hear({ plain }: OpenedFrame): void {
    this.heard.set(hex(plain), (this.heard.get(hex(plain)) ?? 0) + 1);
  }
}

function newPerson(slot: number): Person {
  const pid = randomBytes(16);
  return { pid, sealer: new Sealer({ pid, slot }), key: "", in: true };
}

const who = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("speak" as const),
        who,
        stream: fc.constantFrom(...Object.values(STREAM)),
      }),
    },
    { weight: 12, arbitrary: fc.record({ do: fc.constant("bring" as const), which: fc.nat(200) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom("anew" as const, "out" as const, "back" as const),
        who: fc.integer({ min: 1, max: 2 }),
      }),
    },
    fc.record({ do: fc.constantFrom("reload" as const, "epoch" as const) }),
    fc.record({ do: fc.constant("pass" as const), ms: fc.nat(1_500) }),
  ),
  { minLength: 20, maxLength: 120 },
);

test("[TP1 3.2] no nonce is used twice and no frame opens twice", () => {
  let heard = 0;
  const property = fc.property(steps, (todo) => {
    const room = new Room();
    for (const step of todo) room.step(step);
    expect(room.repeated).toBe(0);
    expect([...room.heard].filter(([, times]) => times > 1)).toEqual([]);
    heard += room.heard.size;
  });
  fc.assert(property, { numRuns: 300 });
  expect(heard).toBeGreaterThan(500);
});
