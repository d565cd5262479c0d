/** Bugs planted into the sound of the relay plane (J1–J6, A10, B2): each is one somebody might write, and hear only in a bad call. */
import { changed, type Planted, without } from "./planting.ts";

const at = (name: string) => `web/media/sound/${name}.ts`;
const by = (name: string) => [`web/media/sound/${name}.test.ts`];
const bug = (name: string, file: string, change: readonly [string, string], test = file): Planted =>
  changed(`sound: ${name}`, at(file), change, by(test));

export const SOUND: readonly Planted[] = [
  bug("a packet longer than it says", "plain", ["opusLength(chunk) === length ?", "length > 0 ?"]),
  bug("reserved bytes of the meta not looked at", "plain", [" || view.getUint16(11) !== 0", ""]),
  bug("[J1] a frame played twice", "jitter", [" || this.#gone.has(frame.ctr)", ""]),
  bug("[J2] the past is played", "jitter", ["if (late > OLD_MS) this.counts.old += 1;\n    else if", "if"]),
  bug("[J3] a hole given up at once", "jitter", ["if (ringMs > MARGIN_MS) return WAIT;", ""]),
  bug("[J4] no filling up after an underrun", "jitter", [
    "if (this.#filling !== null && now < this.#fullAt) return WAIT;",
    "",
  ]),
  bug("[J5] delay never comes down", "jitter", ['return "cut";', "return null;"]),
  bug("[J5] no jump", "jitter", ["if (delay <= this.targetMs + JUMP_MS) return;", "if (delay > 0) return;"]),
  bug("[J6] a pause is an underrun", "jitter", ["frame.ctr === this.#played + 1 &&", "false &&"]),
  bug("held without end", "jitter", ["if (this.#held.size > HELD_MAX) this.#forget(this.#first());", ""]),
  bug("everything decoded at once", "jitter", ["if (ringMs >= AHEAD_MS) return WAIT;", ""]),
  bug("the fastest frame remembered for ever", "spread", ["> FASTEST_MS) this", "> 1e9) this"]),
  bug("the target falls at once", "spread", [
    "Math.max(wanted, this.#target - (perSecond * (now - this.#since)) / 1000)",
    "wanted",
  ]),
  bug("a clock that stood still is never noticed", "spread", ["this.#fastest.length = 0;", ""]),
  bug("a click where made up and real meet", "conceal", ["if (this.#cross < 0) this.#cross = 0;", ""]),
  bug("what is made up never ends", "conceal", ["Math.max(0, 1 - (made - FULL) / (GONE - FULL))", "1"]),
  bug("a repeat closes with a click", "conceal", [
    "made < LEVEL ? this.#step * (1 - made / LEVEL) : 0",
    "made < LEVEL ? -this.#step : 0",
  ]),
  bug("voices cut without rest", "stretch", ["this.#rest = period * SPARE;", ""]),
  bug("counters compared as numbers", "ring", [
    "(Atomics.load(this.#words, WRITTEN) - Atomics.load(this.#words, READ)) | 0",
    "Atomics.load(this.#words, WRITTEN) - Atomics.load(this.#words, READ)",
  ]),
  bug("a limiter that clips", "limiter", ["peak > CEILING ? CEILING / peak : 1", "1"], "ring"),
  bug("drift of clocks not followed", "clock", [
    "before + Math.max(-SLEW_US, Math.min(SLEW_US, found - before))",
    "before",
  ]),
  without(
    "sound: a packet of another size leaves",
    at("sender"),
    "if (chunk.length !== packetBytes(coming.rate)) {\n      this.#fail();\n      return;\n    }",
    by("sender"),
  ),
  bug("a failing encoder tried for ever", "sender", ["this.#recent >= FAILURES_MAX", "this.#recent < 0"]),
  bug("the rate changes inside a packet", "sender", [
    "if (this.#blocks.length === 0) this.#change();",
    "this.#change();",
  ]),
  bug("a pause counted as made up", "voice", [
    'if (after === "underrun") this',
    'if (after !== "start") this',
  ]),
  bug("a decoder that hangs stays", "voice", [
    "if (oldest && now - oldest.since > HUNG_MS) this.#fail();",
    "",
  ]),
  bug("'remote-only' cancels enough", "echo", ['includes("all") ? "all"', 'includes("remote-only") ? "all"']),
  bug("speech is taken for a chirp", "chirp", ["const ALIKE = 0.05;", "const ALIKE = 0.005;"], "echo"),
  bug("resumed while the phone rings", "context", [
    'context.state !== "suspended"',
    'context.state === "running"',
  ]),
];
