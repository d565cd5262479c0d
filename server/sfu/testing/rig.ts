/** People on the forwarding core behind lines of known shape: they encode what they are told to, and acknowledge what arrives. */
import { STREAM } from "../../../wire/frame.ts";
import { Line, type LineShape, Receiver } from "../../../wire/test-line.ts";
import { type Came, type Person, World } from "./world.ts";

/** Frames per second and bytes of a P frame at full rate. */
const RATE: Record<number, number> = {
  [STREAM.camera0]: 15,
  [STREAM.camera1]: 30,
  [STREAM.camera2]: 30,
  [STREAM.screen]: 10,
};
/** A key frame is so many P frames. */
const KEY_TIMES = 4;

/** What a page does on its own. */
export class Someone {
  readonly person: Person;
  readonly #line: Line;
  readonly #delay: number;
  readonly #receiver = new Receiver();
  readonly #back: (() => void)[][] = [];
  readonly #ctrs: number[] = [];
  readonly #owed: number[] = [];
  readonly #keyed: number[] = [];
  #seen = 0;
  #told = 0;
  #wants = new Map<number, number>();
  /** What came, with when it arrived at the far end of the line; null: never. */
  readonly arrived: { came: Came; at: number | null }[] = [];
  camera = true;
  /** Highest layer this one can encode. */
  most = 4;

  constructor(person: Person, shape: LineShape) {
    this.person = person;
    this.#line = new Line(shape);
    this.#delay = shape.delay;
  }

  /** One tick of 10 ms, before the core's. */
  step(now: number): void {
    this.#listen();
    if (now % 20 === 0) this.#send(STREAM.microphone, 120, false);
    if (this.camera)
      for (const [stream, kbps] of this.#wants) if (stream <= this.most) this.#encode(stream, kbps, now);
    this.#receive();
    if (now % 50 === 0) this.#ack(now);
    for (const run of this.#back.shift() ?? []) run();
  }

  #listen(): void {
    const { said } = this.person.up;
    for (; this.#told < said.length; this.#told++) {
      const message = said[this.#told];
      if (message?.t === "want") this.#switch(message.streams);
      else if (message?.t === "key") this.#keyed[message.stream] = 1;
    }
  }

  #switch(streams: readonly { stream: number; kbps: number }[]): void {
    for (const { stream } of streams) if (!this.#wants.has(stream)) this.#keyed[stream] = 1;
    this.#wants = new Map(streams.map(({ stream, kbps }) => [stream, kbps]));
  }

  #encode(stream: number, kbps: number, now: number): void {
    const fps = RATE[stream] ?? 10;
    const owed = (this.#owed[stream] ?? 1) + fps / 100;
    this.#owed[stream] = owed >= 1 ? owed - 1 : owed;
    if (owed < 1) return;
    const isKey = this.#keyed[stream] === 1 || now < 0;
    this.#keyed[stream] = 0;
    const bytes = Math.round((kbps * 1000) / 8 / fps) * (isKey ? KEY_TIMES : 1);
    this.#send(stream, bytes, isKey);
  }

  #send(stream: number, bytes: number, key: boolean): void {
    const ctr = (this.#ctrs[stream] ?? -1) + 1;
    this.#ctrs[stream] = ctr;
    const isPicture = stream !== STREAM.microphone;
    this.person.up.send({ stream, ctr, key, bytes, discardable: isPicture && !key && ctr % 2 === 1 });
  }

  /** Puts what the core sent onto the line. */
  #receive(): void {
    const { came } = this.person.down;
    for (; this.#seen < came.length; this.#seen++) {
      const one = came[this.#seen];
      if (!one) continue;
      const at = this.#line.send(one.item.length, one.at, one.kind === "audio", one.kind === "audio" ? 0 : 1);
      this.#receiver.expect(one.slot, one.stream, one.ctr, one.item.length, at);
      this.arrived.push({ came: one, at });
    }
  }

  #ack(now: number): void {
    const ack = this.#receiver.ack(now);
    const ticks = Math.round(this.#delay / 10);
    while (this.#back.length <= ticks) this.#back.push([]);
    this.#back[ticks]?.push(() => {
      if (!this.person.down.closed) this.person.down.say(ack);
    });
  }

  /** Longest time between two sound frames of `slot` that arrived between two moments. */
  gap(slot: number, from: number, to: number): number {
    const times = this.arrived
      .filter(
        ({ came, at }) => came.slot === slot && came.kind === "audio" && at !== null && at >= from && at < to,
      )
      .map(({ at }) => at ?? 0)
      .sort((a, b) => a - b);
    return times.reduce((most, at, i) => Math.max(most, at - (times[i - 1] ?? at)), 0);
  }

  /** Frames a second of one stream that arrived between two moments. */
  fps(slot: number, stream: number, from: number, to: number): number {
    const many = this.arrived.filter(({ came, at }) => {
      return came.slot === slot && came.stream === stream && at !== null && at >= from && at < to;
    });
    return (many.length * 1000) / (to - from);
  }
}

/** A call of people on lines; each wants to see all others at `height`. */
export class Rig {
  readonly world = new World();
  readonly people: Someone[];

  constructor(shapes: readonly LineShape[], height = 360, kind: "quic" | "socket" = "quic") {
    this.people = shapes.map((shape, slot) => new Someone(this.world.person(slot, kind), shape));
    const slots = shapes.map((_, slot) => slot);
    for (const { person } of this.people)
      person.down.view(
        slots.filter((slot) => slot !== person.slot),
        height,
      );
  }

  /** Lets time pass; ms since the call began. */
  run(milliseconds: number): this {
    this.world.pass(milliseconds, () => {
      for (const one of this.people) one.step(this.world.now);
    });
    return this;
  }
}
