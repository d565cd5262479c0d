/** Bugs planted one at a time by `bun run mutants` (TP1 §3.4, A6): each takes one check away that somebody would miss. */
import { EDGES } from "./planted-edge.ts";
import { GROUP } from "./planted-group.ts";
import { SOUND } from "./planted-sound.ts";
import { changed, type Planted, without } from "./planting.ts";

const link = ["wasm/handshake.test.ts", "wasm/messages.test.ts", "wasm/adversary.test.ts"];
const code = ["wasm/code-handshake.test.ts", "wasm/cpace.test.ts"];
const vectors = ["wasm/vectors.test.ts"];
const reader = ["wasm/verifier.test.ts"];
const guard = ["wasm/guard.test.ts"];

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
export const PLANTED: readonly Planted[] = [...HANDSHAKE, ...CODE, ...GROUP, ...VAULT, ...EDGES, ...SOUND];
