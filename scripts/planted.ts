/** Bugs planted one at a time by `bun run mutants` (TP1 §3.4, A6): each takes one check away that somebody would miss. */

/** `find` stands exactly once in `file`. `tests` are what must notice. `survives` is the reason why no test can. */
export type Planted = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
  readonly survives?: string;
};

const link = ["wasm/handshake.test.ts", "wasm/messages.test.ts", "wasm/adversary.test.ts"];
const code = ["wasm/code-handshake.test.ts", "wasm/cpace.test.ts"];
const vectors = ["wasm/vectors.test.ts"];
const reader = ["wasm/verifier.test.ts"];
const frames = ["wire/frame.test.ts", "wasm/frames.test.ts"];
const epochs = ["wasm/epochs.test.ts"];
const guard = ["wasm/guard.test.ts"];

/** The check gone: `if (…) throw …` becomes nothing. */
const without = (name: string, file: string, find: string, tests: readonly string[]): Planted => ({
  name,
  file,
  find,
  replace: "",
  tests,
});
const changed = (
  name: string,
  file: string,
  [find, replace]: readonly [string, string],
  tests: readonly string[],
): Planted => ({ name, file, find, replace, tests });

const HANDSHAKE: readonly Planted[] = [
  without(
    "commitment not checked (link)",
    "wasm/therapist.ts",
    'if (!equal(commitTo(content.share, content.nonce), opened.commit)) throw new TP1Error("commit");',
    link,
  ),
  without(
    "macC not checked (link)",
    "wasm/therapist.ts",
    'if (!equal(macC(keys, th, proof.header), proof.mac)) throw new TP1Error("mac");',
    link,
  ),
  without(
    "macT not checked (link)",
    "wasm/client.ts",
    'if (!equal(macT(keys, th, mac, proof.header), proof.mac)) throw new TP1Error("mac");',
    link,
  ),
  without(
    "fingerprint not checked (link)",
    "wasm/client.ts",
    'if (!equal(fingerprintOf(content.identity), fingerprint)) throw new TP1Error("identity");',
    link,
  ),
  changed(
    "signature not checked (link)",
    "wasm/client.ts",
    [
      "if (!sodium.crypto_sign_verify_detached(signature, hello, content.identity))",
      "if (hello.length === 0)",
    ],
    link,
  ),
  changed(
    "second M2 answered (link)",
    "wasm/client.ts",
    ['throw new TP1Error("state");\n    this.#opening = null;', 'throw new TP1Error("state");'],
    link,
  ),
  changed(
    "third M3 answered (link)",
    "wasm/therapist.ts",
    ['throw new TP1Error("state");\n    this.#answered = null;', 'throw new TP1Error("state");'],
    link,
  ),
  changed(
    "second M1 answered (link)",
    "wasm/therapist.ts",
    ["this.#fresh = false;\n    const m1", "const m1"],
    link,
  ),
  changed(
    "same key both directions",
    "wasm/handshake.ts",
    ['toClient: subkey(ms, 2, "tp1_chan")', 'toClient: subkey(ms, 1, "tp1_chan")'],
    reader,
  ),
  changed("psk not in the master secret", "wasm/handshake.ts", ["hash(32, psk,", "hash(32, null,"], link),
  changed(
    "X25519 not in the master secret",
    "wasm/handshake.ts",
    ['"tp1 ms", dh, th)', '"tp1 ms", th)'],
    reader,
  ),
  changed(
    "macC leaves the header out",
    "wasm/handshake.ts",
    ['"tp1 macC", th, header)', '"tp1 macC", th)'],
    link,
  ),
  changed(
    "macT leaves the header out",
    "wasm/handshake.ts",
    ["th, clientMac, header);", "th, clientMac);"],
    link,
  ),
  changed(
    "words leave the client's share out",
    "wasm/handshake.ts",
    [", client.share, client.nonce];", ", client.nonce];"],
    [...vectors],
  ),
  changed(
    "known device not bound to the handshake",
    "wasm/known.ts",
    ['hash(32, deviceSecret, "tp1 known", th)', 'hash(32, deviceSecret, "tp1 known")'],
    ["wasm/known.test.ts", ...vectors],
  ),
];

const CODE: readonly Planted[] = [
  without(
    "commitment not checked (code)",
    "wasm/code-answer.ts",
    'if (!equal(commitTo(content.share, content.nonce), opened.commit)) throw new TP1Error("commit");',
    code,
  ),
  changed(
    "macC not checked (code)",
    "wasm/code-answer.ts",
    ["&& equal(macC(keys, th, proof.header), proof.mac)", ""],
    code,
  ),
  changed(
    "macT not checked (code)",
    "wasm/code-client.ts",
    ["equal(macT(keys, th, mac, proof.header), proof.mac)", "macT(keys, th, mac, proof.header).length > 0"],
    code,
  ),
  changed(
    "signature not checked (code)",
    "wasm/code-client.ts",
    [
      "if (!sodium.crypto_sign_verify_detached(signature, hello, content.identity))",
      "if (hello.length === 0)",
    ],
    code,
  ),
  without(
    "pinned identity not checked (code)",
    "wasm/code-client.ts",
    'if (pinned !== null && !equal(fingerprintOf(content.identity), pinned)) throw new TP1Error("identity");',
    code,
  ),
  changed(
    "second M2 answered (code)",
    "wasm/code-client.ts",
    ['throw new TP1Error("state");\n    this.#opening = null;', 'throw new TP1Error("state");'],
    code,
  ),
  changed(
    "third M3 answered (code)",
    "wasm/code-answer.ts",
    ['throw new TP1Error("state");\n    this.#answered = null;', 'throw new TP1Error("state");'],
    code,
  ),
  changed(
    "number of open codes shows",
    "wasm/code-answer.ts",
    ["const PAD_TO = 4;", "const PAD_TO = 1;"],
    code,
  ),
  changed(
    "user name not in CI",
    "wasm/cpace.ts",
    [
      "user: UserName, sid: Bytes): Bytes {",
      'user: UserName, sid: Bytes): Bytes {\n  user = "" as UserName;',
    ],
    [...code, ...reader],
  ),
  changed(
    "code not filled up to a block",
    "wasm/cpace.ts",
    ["Math.max(0, BLOCK_BYTES - taken)", "Math.max(0, taken - BLOCK_BYTES)"],
    code,
  ),
  changed(
    "bytes that are no point escape as another error",
    "wasm/cpace.ts",
    ['throw new TP1Error("share");', "return new Uint8Array(32);"],
    code,
  ),
  changed(
    "an attempt without open codes is answered",
    "wasm/code-answer.ts",
    ['if (codes.length === 0) throw new TP1Error("code");', ""],
    code,
  ),
  changed(
    "NFKC left out after upper-case",
    "wire/names.ts",
    ['.toUpperCase().normalize("NFKC")', ".toUpperCase()"],
    code,
  ),
  changed("four failures pause", "wasm/guard.ts", ["FAILURES_TO_PAUSE = 5", "FAILURES_TO_PAUSE = 4"], guard),
  changed(
    "chosen codes come back by themselves",
    "wasm/guard.ts",
    [
      "if (state.off > state.enabled)",
      "if (state.failures.length >= FAILURES_TO_OFF && state.off > Date.now())",
    ],
    guard,
  ),
  changed(
    "an old vault forgives failures",
    "wasm/guard.ts",
    ["...new Set([...a.failures, ...b.failures])", "...a.failures"],
    guard,
  ),
  changed("four presses in ten minutes", "wasm/guard.ts", ["const TRIES = 3;", "const TRIES = 4;"], guard),
];

const GROUP: readonly Planted[] = [
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
  changed("data may skip", "wasm/replay.ts", ["ctr === this.#next", "ctr >= this.#next"], frames),
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
    'if (used.has(hex(pid))) throw new TP1Error("state");',
    frames,
  ),
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

const VAULT: readonly Planted[] = [
  changed(
    "no floor of the key derivation",
    "wasm/password.ts",
    ["!within(cost) || ", ""],
    ["wasm/password.test.ts"],
  ),
  changed(
    "password not in NFKC",
    "wasm/password.ts",
    ['password.normalize("NFKC")', "password"],
    ["wasm/password.test.ts"],
  ),
  without(
    "commitment of a wrap not checked",
    "wasm/wrap.ts",
    'if (!equal(wrap.subarray(0, COMMITMENT_BYTES), commitmentOf(kek))) throw new TP1Error("key");',
    ["wasm/wrap.test.ts"],
  ),
  changed(
    "version not in an item's AAD",
    "wasm/item.ts",
    ["account, id, u32be(version))", "account, id)"],
    ["wasm/item.test.ts"],
  ),
  changed(
    "a dead channel lives on",
    "wasm/channel.ts",
    ["this.close();\n      throw", "throw"],
    ["wasm/channel.test.ts"],
  ),
  changed(
    "a channel opens on after its last message",
    "wasm/channel.ts",
    ["this.#heardFinal ? null : pull(this.#receive, sealed)", "pull(this.#receive, sealed)"],
    ["wasm/channel.test.ts"],
  ),
];

/** All of them. */
export const PLANTED: readonly Planted[] = [...HANDSHAKE, ...CODE, ...GROUP, ...VAULT];
