/** Bugs of the relay's transports planted by `bun run mutants relay`: each lets a session in, or its frames out of order. */
import { changed, type Planted, without } from "./planting.ts";

const passes = ["server/transport/passes.test.ts"];
const socket = ["server/transport/media-socket.test.ts"];
const quic = ["server/transport/quic-server.test.ts", "server/transport/quic-writer.test.ts"];
const loop = ["server/transport/media-loop.test.ts"];
const slots = ["server/signaling/media.test.ts"];

export const PLANTED_RELAY: readonly Planted[] = [
  changed(
    "relay: writes that are not waited for",
    "server/transport/quic-writer.ts",
    ["this.#stream === null || this.#isWriting ||", "this.#stream === null ||"],
    quic,
  ),
  without(
    "relay: a cut group goes on",
    "server/transport/quic-writer.ts",
    "void this.#stream?.reset(CUT).catch(ignore);",
    ["server/transport/quic-writer.test.ts"],
  ),
  changed(
    "relay: a token is good twice",
    "server/transport/passes.ts",
    ["    this.#forget(text);\n    return kept", "    return kept"],
    passes,
  ),
  changed(
    "relay: a token is good for ever",
    "server/transport/passes.ts",
    ["if (until > now) return;", "if (until > 0) return;"],
    passes,
  ),
  changed(
    "relay: tokens outlive the seat",
    "server/transport/passes.ts",
    ['if (place.t === "seated") return;', 'if (place.t !== "ended") return;'],
    passes,
  ),
  changed(
    "relay: the place is not asked for",
    "server/transport/media-loop.ts",
    ["if (!this.#places.has(placeOf(pass)))", "if (this.#places.size < 0)"],
    loop,
  ),
  changed(
    "relay: a foreign page opens a lane",
    "server/transport/media-socket.ts",
    ["if (!this.#deps.originAllowed(request))", "if (request.url.length === 0)"],
    socket,
  ),
  changed(
    "relay: a lane twice",
    "server/transport/media-socket.ts",
    ["return !this.#isOver && !this.#expected.has(lane);", "return !this.#isOver;"],
    socket,
  ),
  changed(
    "relay: an item longer than any frame",
    "wire/hop.ts",
    ["if (want === 0 || want > FRAME_MAX_BYTES)", "if (want === 0)"],
    ["wire/hop.test.ts"],
  ),
  changed(
    "relay: two seats on one slot",
    "server/signaling/seats.ts",
    ["isSlotOfAnother(lobby, practice, client, { call: room.call, seat, slot })", "lobby.stopped"],
    slots,
  ),
  changed(
    "relay: a lost peer keeps its slot",
    "server/signaling/line.ts",
    ['sit(lobby, peer, { state: "left" });', 'peer.place = { state: "left" };'],
    slots,
  ),
  without(
    "relay: the old host keeps slot 0",
    "server/signaling/lease.ts",
    "lobby.slots.free(lease.holder);",
    slots,
  ),
];
