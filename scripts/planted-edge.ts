/** Bugs planted where bytes come in from outside: decoders, transcripts, places that are sealed in, and the call's own checks (TP1 §3.3). */
import { changed, type Planted, without } from "./planting.ts";

const vectors = ["wasm/vectors.test.ts"];
const link = ["wasm/adversary.test.ts", "wasm/messages.test.ts"];
const reader = ["wasm/verifier.test.ts"];
const vault = ["wasm/item.test.ts", "wasm/wrap.test.ts", "wasm/device.test.ts"];
const brand = ["wasm/brand.test.ts"];
const channel = ["wasm/channel.test.ts"];
const frames = ["wasm/frames.test.ts", "wasm/hostile-frames.test.ts"];
const beats = ["wasm/epochs.test.ts", "wasm/stretched.test.ts"];
const wire = ["wire/fuzz.test.ts", "wire/frame.test.ts"];
const call = ["web/call/direct.test.ts", "web/call/sdp.test.ts", "web/call/talk.test.ts"];

const TRANSCRIPT: readonly Planted[] = [
  changed(
    "M1 not in the transcript",
    "wasm/handshake.ts",
    ['"tp1 th", m1, core2, core3', '"tp1 th", core2, core3'],
    vectors,
  ),
  changed(
    "core3 not in the transcript",
    "wasm/handshake.ts",
    ['"tp1 th", m1, core2, core3', '"tp1 th", m1, core2'],
    vectors,
  ),
  changed(
    "words leave the commitment out",
    "wasm/handshake.ts",
    ["[pack(route), commit, identity,", "[pack(route), identity,"],
    vectors,
  ),
  changed(
    "words leave the identity out",
    "wasm/handshake.ts",
    ["commit, identity, therapist.share", "commit, therapist.share"],
    vectors,
  ),
  changed(
    "signature does not cover M1",
    "wasm/handshake.ts",
    ['lv("tp1 hello", m1, core2)', 'lv("tp1 hello", core2)'],
    link,
  ),
  changed(
    "a share of low order makes keys",
    "wasm/handshake.ts",
    ['throw new TP1Error("share");', "return new Uint8Array(32);"],
    [...link, "wasm/published.test.ts"],
  ),
  changed(
    "second M4 answered (link)",
    "wasm/client.ts",
    ["this.#proving = null;\n    try", "try"],
    ["wasm/handshake.test.ts"],
  ),
  changed(
    "sid not bound to M1",
    "wasm/cpace.ts",
    ['"tp1 sid", m1, therapistNonce', '"tp1 sid", therapistNonce'],
    reader,
  ),
  changed(
    "ISK leaves out what the points vouch for",
    "wasm/cpace.ts",
    ["lvCat(initiator.point, initiator.data)", "lvCat(initiator.point)"],
    ["wasm/cpace.test.ts"],
  ),
  changed(
    "seventeen candidates",
    "wasm/code-messages.ts",
    ["CANDIDATES_MAX = 16;", "CANDIDATES_MAX = 17;"],
    ["wasm/code-handshake.test.ts"],
  ),
];

const PLACES: readonly Planted[] = [
  changed(
    "kind not in a wrap's AAD",
    "wasm/wrap.ts",
    ['"tp1 wrap", account, kind,', '"tp1 wrap", account,'],
    vault,
  ),
  changed(
    "account not in a wrap's AAD",
    "wasm/wrap.ts",
    ['"tp1 wrap", account, kind,', '"tp1 wrap", kind,'],
    vault,
  ),
  changed(
    "id not in an item's AAD",
    "wasm/item.ts",
    ['"tp1 item", account, id,', '"tp1 item", account,'],
    vault,
  ),
  changed(
    "account not in an item's AAD",
    "wasm/item.ts",
    ['"tp1 item", account, id,', '"tp1 item", id,'],
    vault,
  ),
  changed(
    "counter not in the manifest's AAD",
    "wasm/item.ts",
    ['"tp1 manifest", account, u32be(counter)', '"tp1 manifest", account'],
    vault,
  ),
  changed("account not in a page's AAD", "wasm/item.ts", ['"tp1 page", account', '"tp1 page"'], vault),
  changed("account not in the device's AAD", "wasm/device.ts", ['"tp1 dev", account', '"tp1 dev"'], vault),
  changed("rid not in a brand's AAD", "wasm/brand.ts", ['"tp1 brand", rid', '"tp1 brand"'], brand),
  changed("id not in a logo's AAD", "wasm/brand.ts", ['"tp1 logo", id', '"tp1 logo"'], brand),
  changed(
    "size of a brand shows what is in it",
    "wasm/brand.ts",
    ["const BLOCK_BYTES = 256;", "const BLOCK_BYTES = 16;"],
    brand,
  ),
  changed(
    "lengths of items show",
    "wasm/item.ts",
    ["const BLOCK_BYTES = 256;", "const BLOCK_BYTES = 16;"],
    vault,
  ),
  changed(
    "lengths in the channel show",
    "wasm/channel.ts",
    ["const BLOCK_BYTES = 64;", "const BLOCK_BYTES = 16;"],
    channel,
  ),
  changed("a channel says on after its goodbye", "wasm/channel.ts", [" || this.#saidFinal", ""], channel),
  changed(
    "any tag passes",
    "wasm/channel.ts",
    ["numberOf(tag) === value) ?? null", 'numberOf(tag) === value) ?? "message"'],
    channel,
  ),
];

const SENDERS: readonly Planted[] = [
  changed(
    "csid not in the sender's key",
    "wasm/roster.ts",
    ['"tp1 sender", csid, u32be(rv)', '"tp1 sender", u32be(rv)'],
    reader,
  ),
  changed(
    "rv not in the sender's key",
    "wasm/roster.ts",
    ['"tp1 sender", csid, u32be(rv)', '"tp1 sender", csid'],
    reader,
  ),
  changed(
    "roster without a host",
    "wasm/roster.ts",
    [" && slots.has(HOST_SLOT)", ""],
    ["wasm/epochs.test.ts"],
  ),
  changed(
    "chat of whoever left is cut off",
    "wasm/ring.ts",
    ["for (const { id } of senders) {", "this.#order.clear();\n    for (const { id } of senders) {"],
    frames,
  ),
  changed(
    "chat starts again with each epoch",
    "wasm/ring.ts",
    ["if (!this.#order.has(id)) this.#order.set", "this.#order.set"],
    [...frames, "wasm/once.test.ts"],
  ),
  changed(
    "the host's old page opens for all of five seconds",
    "wasm/ring.ts",
    [" && this.#silent.size > 0", ""],
    frames,
  ),
  changed("a deaf member is kept", "wasm/beats.ts", ["now - this.#unacked.at > ACK_MS", "now < 0"], beats),
  changed(
    "sends on for twenty seconds",
    "wasm/beats.ts",
    ["STOP_SEND_MS = 15_000", "STOP_SEND_MS = 20_000"],
    ["wasm/stretched.test.ts"],
  ),
  changed("another version of frames", "wire/frame.ts", ["first >> 6 !== 1 || ", ""], wire),
];

const BYTES: readonly Planted[] = [
  changed(
    "a stranger's first message has no limits",
    "wire/signal.ts",
    ["decode(bytes, FIRST_LIMITS)", "decode(bytes)"],
    wire,
  ),
  without(
    "chat of any size is decoded",
    "wire/data.ts",
    "if (bytes.length > DATA_PLAIN_MAX_BYTES) return undefined;",
    wire,
  ),
  changed(
    "signals of any size are decoded",
    "wire/signal.ts",
    ["bytes.length > MESSAGE_MAX_BYTES", "bytes.length < 0"],
    wire,
  ),
  changed(
    "relay messages of any size are decoded",
    "wire/relay.ts",
    [" || item.length > CONTROL_MAX_BYTES", ""],
    wire,
  ),
  changed(
    "handshakes of any size are decoded",
    "wasm/packed.ts",
    ["bytes.length > bound.message", "bytes.length < 0"],
    ["wasm/messages.test.ts"],
  ),
  changed(
    "strangers say as much as clients",
    "server/signaling/line.ts",
    ["? STRANGER_MESSAGES :", "? CLIENT_MESSAGES :"],
    ["server/signaling/code.test.ts"],
  ),
];

const CALL: readonly Planted[] = [
  changed(
    "the met certificate is not compared",
    "web/call/direct.ts",
    [
      "(await fingerprintOfCertificate(certificate)) !== this.#sealedFingerprint",
      "certificate === undefined",
    ],
    call,
  ),
  without(
    "an answer may stand for an offer",
    "web/call/direct.ts",
    'if (message.type === this.#options.role) throw new SdpRefused("an SDP of the wrong side");',
    call,
  ),
  changed("two fingerprints in an SDP", "web/call/sdp.ts", ["values.size !== 1 || ", ""], call),
  changed(
    "any hash in an SDP",
    "web/call/sdp.ts",
    [' || hashes.size !== 1 || !hashes.has("sha-256")', ""],
    call,
  ),
  changed(
    "an epoch does not ratchet the channel",
    "web/call/talk.ts",
    ['"epoch" ? "rekey"', '"epoch" ? "message"'],
    call,
  ),
  changed(
    "what does not open is taken as it came",
    "web/call/talk.ts",
    ["} catch {\n      return false;", "} catch {\n      payload = sealed;"],
    call,
  ),
];

/** See `planted.ts`. */
export const EDGES: readonly Planted[] = [...TRANSCRIPT, ...PLACES, ...SENDERS, ...BYTES, ...CALL];
