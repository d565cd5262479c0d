/** Bugs planted into group keys and frames (TP1 §2.6, §2.7, A3, A5, A6). */
import { changed, type Planted, without } from "./planting.ts";

const reader = ["wasm/verifier.test.ts"];
const frames = ["wire/frame.test.ts", "wasm/frames.test.ts"];
const epochs = ["wasm/epochs.test.ts"];

/** See `planted.ts`. */
export const GROUP: readonly Planted[] = [
  changed(
    "every frame may come again",
    "wasm/opener.ts",
    ['if (!heard.allows(header.ctr)) return "replay";', ""],
    frames,
  ),
  without("the window never learns", "wasm/opener.ts", "heard.mark(header.ctr);", frames),
  changed(
    "the window learns before the tag verifies",
    "wasm/opener.ts",
    [
      "const plain = unsealed(frame, sender);",
      "heard.mark(header.ctr);\n    const plain = unsealed(frame, sender);",
    ],
    frames,
  ),
  changed(
    "frames far behind the window play",
    "wasm/replay.ts",
    ["ctr > this.#highest - WINDOW && ", ""],
    frames,
  ),
  changed(
    "a jump keeps old bits",
    "wasm/replay.ts",
    ["if (steps >= WINDOW) this.#bits.fill(0);", "if (steps >= WINDOW) this.#highest = ctr;"],
    frames,
  ),
  changed(
    "data may come again",
    "wasm/replay.ts",
    ["this.#next === null || ctr >= this.#next", "true"],
    frames,
  ),
  changed(
    "missing data is not counted",
    "wasm/replay.ts",
    ["this.#missed += ctr - (this.#next ?? ctr)", "this.#missed += 0"],
    frames,
  ),
  changed("reserved bits ignored", "wire/frame.ts", [" || reserved !== 0", ""], frames),
  changed("no upper bound of a frame", "wire/frame.ts", [" || frame.length > FRAME_MAX_BYTES", ""], frames),
  changed(
    "any kind on any stream",
    "wasm/opener.ts",
    ['if (kindOf(header.stream) !== header.kind) return "kind";', ""],
    frames,
  ),
  changed(
    "header not in the AAD",
    "wasm/opener.ts",
    ["sealed, header, concat", "sealed, new Uint8Array(0), concat"],
    frames,
  ),
  changed(
    "counter stuck",
    "wasm/sealer.ts",
    ["this.#counters.set(stream, ctr + 1)", "this.#counters.set(stream, ctr)"],
    frames,
  ),
  changed(
    "counter starts again with each epoch",
    "wasm/sealer.ts",
    ["this.#rv = rv;", "this.#rv = rv;\n    this.#counters.clear();"],
    frames,
  ),
  without(
    "sealer built twice",
    "wasm/sealer.ts",
    'if (streams.some((stream) => taken.has(stream))) throw new TP1Error("state");',
    frames,
  ),
  changed(
    "streams shared out are forgotten",
    "wasm/sealer.ts",
    ["new Set([...taken, ...streams])", "new Set(streams)"],
    frames,
  ),
  changed("seals a stream of another's", "wasm/sealer.ts", ["!this.#streams.has(stream) || ", ""], frames),
  changed("seals on under an older epoch", "wasm/sealer.ts", [" || rv <= this.#rv", ""], frames),
  changed(
    "old epochs are kept for ever",
    "wasm/ring.ts",
    ["now - epoch.replacedAt <= KEEP_MS", "now >= 0"],
    frames,
  ),
  changed(
    "only the last epoch is kept",
    "wasm/ring.ts",
    ["const KEEP_MAX = 8;", "const KEEP_MAX = 1;"],
    ["wasm/nine.test.ts"],
  ),
  changed(
    "frames without an epoch wait for ever",
    "wasm/waiting.ts",
    ["now - frames[0].at > WAIT_MS", "now < 0"],
    frames,
  ),
  changed(
    "early frames are thrown away",
    "wasm/opener.ts",
    ["this.#waiting.add(frame, header, now);", ""],
    frames,
  ),
  changed("old epoch accepted", "wasm/epoch-member.ts", ['rv <= current.rv ? "old" : null', "null"], epochs),
  changed(
    "the host's new page needs no new handshake",
    "wasm/epoch-member.ts",
    ["current !== null && handshake <= current.handshake", "handshake < 0"],
    epochs,
  ),
  changed(
    "a closed page of the host comes back",
    "wasm/epoch-member.ts",
    [" || this.#closed.has(hex(csid))", ""],
    epochs,
  ),
  changed(
    "a replaced channel is still heard",
    "wasm/epoch-member.ts",
    [" || handshake !== this.#handshake", ""],
    epochs,
  ),
  changed("double pid in a roster", "wasm/roster.ts", [" || pids.size !== roster.length", ""], epochs),
  changed("double slot in a roster", "wasm/roster.ts", ["slots.size !== roster.length || ", ""], epochs),
  changed("roster without us", "wasm/roster.ts", [" && us?.slot === own.slot", ""], epochs),
  changed("E is not wiped", "wasm/epoch-member.ts", ["wipe(epoch.secret);", ""], epochs),
  changed(
    "rv starts again after a reload",
    "wasm/epoch-host.ts",
    ["this.#rv = last ?? random(1)[0] ?? 0;", "this.#rv = 0;"],
    epochs,
  ),
  changed(
    "who leaves keeps the key",
    "wasm/epoch-host.ts",
    ["if (this.#startUntil === null) this.#schedule(now);", ""],
    epochs,
  ),
  changed(
    "every join is an epoch of its own",
    "wasm/epoch-host.ts",
    ["JOIN_WAIT_MS = 250", "JOIN_WAIT_MS = 0"],
    epochs,
  ),
  changed(
    "pid not in the sender's key",
    "wasm/roster.ts",
    ["u32be(rv), pid)", "u32be(rv))"],
    [...frames, ...reader],
  ),
  changed(
    "echo ignored",
    "wasm/beats.ts",
    ["Math.max(this.#echoed, beat.at)", "Number.POSITIVE_INFINITY"],
    epochs,
  ),
  changed(
    "any echo counts as one of the newest beat",
    "wasm/beats.ts",
    ["this.#echoed, beat.at)", "this.#echoed, (this.#sent.at(-1) ?? beat).at)"],
    epochs,
  ),
  changed("an echo of a forgotten beat counts", "wasm/beats.ts", ["sent.n === n", "sent.n >= n"], epochs),
  changed(
    "an epoch may be of any age",
    "wasm/beats.ts",
    [" && now - this.#epochAt <= EPOCH_OLD_MS", ""],
    epochs,
  ),
];
