/** A server that stretches the way from the therapist to one member of a group (A3, TP1 §3.3): every message comes, late and in
 * order, so that no gap is ever long. Played on a loopback with the real keys, sealers and beats; time is counted. What the victim
 * says after somebody was put out must not be readable for long to whoever was put out. */
import { describe, expect, test } from "bun:test";
import { type Bytes, utf8 } from "../wire/bytes.ts";
import { STREAM } from "../wire/frame.ts";
import { BEAT_MS, HostBeat, MemberBeat } from "./beats.ts";
import { EpochHost } from "./epoch-host.ts";
import { EpochMember } from "./epoch-member.ts";
import { Opener } from "./opener.ts";
import { type Epoch, keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { randomBytes, ready } from "./sodium.ts";

await ready();

const STEP_MS = 100;
/** A3, in so many words. */
const BOUND_MS = 15_000;

/** The victim's page and the spy's, both admitted; everything for the victim goes through `hold`. */
class Call {
  now = 0;
  /** When the spy last opened something that the victim said. */
  overheardAt = 0;
  silentSince: number | null = null;
  /** The channel is strictly in order: who holds one message back holds all back that come after it. */
  withholds = false;
  readonly #host = new EpochHost({ last: null, awaited: 0, name: "", now: 0 });
  readonly #victim = { pid: randomBytes(16), slot: 1 };
  readonly #spy = { pid: randomBytes(16), slot: 2 };
  readonly #member = new EpochMember();
  readonly #handshake = this.#member.admitted(this.#victim);
  readonly #sealer = new Sealer(this.#victim);
  readonly #ear = new Opener();
  readonly #hostBeat = new HostBeat(0);
  #beat: MemberBeat | null = null;
  #waiting: (() => void)[] = [];
  #nextBeat = 0;
  #nextRelease = 0;
  readonly #everyMs: number;
  #spyIsIn = true;

  /** The server hands the victim one message of the therapist every `everyMs`; 0: at once. */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
    for (const one of [this.#victim, this.#spy]) this.#host.join({ ...one, name: "" }, 0);
  }

  kick(): void {
    this.#spyIsIn = false;
    this.#host.leave(this.#spy.slot, this.now);
  }

  get hostState() {
    return this.#hostBeat.state(this.now);
  }

  run(ms: number): void {
    for (const end = this.now + ms; this.now < end; this.now += STEP_MS) this.#step();
  }

  #step(): void {
    const epoch = this.#host.tick(this.now);
    if (epoch) this.#spread(epoch);
    if (this.#beat && this.now >= this.#nextBeat) this.#sendBeat(this.#beat);
    if (this.now >= this.#nextRelease) this.#release();
    this.#speak();
  }

  #spread(epoch: Epoch): void {
    const copy = () => ({ ...epoch, secret: epoch.secret.slice() });
    if (this.#spyIsIn) this.#ear.install(keysOfEpoch(copy(), this.#spy.pid), this.now);
    this.#hostBeat.sent(epoch.rv, this.now);
    this.#waiting.push(() => {
      const keys = this.#member.accept(copy(), this.#handshake);
      if (typeof keys === "string") return;
      this.#beat ??= new MemberBeat(this.now);
      this.#beat.epoch(this.now);
      this.#sealer.use(keys);
      this.#hostBeat.acked(keys.rv);
    });
  }

  /** Up the way is quick: the server gains nothing by being slow there. */
  #sendBeat(beat: MemberBeat): void {
    this.#nextBeat = this.now + BEAT_MS;
    const echo = this.#hostBeat.heard(beat.next(this.now), this.now);
    this.#waiting.push(() => beat.echo(echo));
  }

  #release(): void {
    if (this.withholds) return;
    if (this.#everyMs === 0) for (const deliver of this.#waiting.splice(0)) deliver();
    else this.#waiting.shift()?.();
    this.#nextRelease = this.now + this.#everyMs;
  }

  #speak(): void {
    if (this.#beat?.maySend(this.now) !== true) {
      if (this.#beat) this.silentSince ??= this.now;
      return;
    }
    this.silentSince = null;
    const frame: Bytes = this.#sealer.seal(STREAM.microphone, utf8("private"));
    // the spy kept what it had; the server gives it every frame
    if (typeof this.#ear.open(frame, this.now) === "object") this.overheardAt = this.now;
  }
}

describe("[A3] whoever was put out", () => {
  test("hears nothing more where the server is honest", () => {
    const call = new Call(0);
    call.run(60_000);
    const at = call.now;
    call.kick();
    call.run(30_000);
    expect(call.overheardAt).toBeLessThan(at);
    expect(call.silentSince).toBeNull();
  });
  for (const everyMs of [2_900, 3_100, 6_000, 9_900, 14_900]) {
    for (const minutes of [1, 5, 20]) {
      test(`hears a victim to whom one message comes every ${everyMs} ms for at most 15 s, after ${minutes} min`, () => {
        const call = new Call(everyMs);
        call.run(minutes * 60_000);
        const at = call.now;
        call.kick();
        call.run(10 * 60_000);
        expect(call.overheardAt - at).toBeLessThanOrEqual(BOUND_MS);
        // as long as the way keeps up with the beats it is heard to the end
        if (everyMs < BEAT_MS) expect(call.overheardAt).toBeGreaterThanOrEqual(at);
      });
    }
  }
});

test("[A3] an epoch that is withheld, and so all that comes after it, silences its member in 15 s; the host ends its channel", () => {
  const call = new Call(0);
  call.run(60_000);
  const at = call.now;
  call.withholds = true;
  call.kick();
  call.run(BOUND_MS);
  expect(call.hostState).toBe("well");
  call.run(BEAT_MS);
  expect(call.silentSince).toBeGreaterThan(at);
  expect(call.silentSince).toBeLessThanOrEqual(at + BOUND_MS + STEP_MS);
  expect(call.overheardAt - at).toBeLessThanOrEqual(BOUND_MS);
  expect(call.hostState).toBe("deaf");
});
