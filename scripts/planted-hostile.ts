/** Bugs planted where a server of bad faith would find them in a group call (TP1 §3.3): its word taken for people's, its frames for theirs. */
import { changed, type Planted, without } from "./planting.ts";

const group = ["web/call/group.test.ts"];
const media = ["web/media/loop.test.ts"];

/** See `planted.ts`. */
export const PLANTED_HOSTILE: readonly Planted[] = [
  without(
    "hostile: somebody has left because the server says so",
    "web/call/desk.ts",
    "if (isGone && this.#call.doubts(message.peer)) return void this.#saidGone.add(message.peer);",
    group,
  ),
  without(
    "hostile: the therapist has left because the server says so",
    "web/call/client-call.ts",
    "if (this.#isDoubtful(message)) return;",
    group,
  ),
  changed(
    "hostile: who has left indeed is never doubted",
    "web/call/host-beats.ts",
    ["doubtedAt !== null && now - doubtedAt > DOUBT_MS", "doubtedAt !== null && now < 0"],
    group,
  ),
  changed(
    "hostile: a beat settles no doubt",
    "web/call/host-beats.ts",
    ["{ shows, ctr, doubtedAt: null }", "{ shows, ctr }"],
    group,
  ),
  without(
    "hostile: sending goes on without the therapist's beats",
    "web/call/member-call.ts",
    "this.#relay?.allow(inTouch);",
    group,
  ),
  changed(
    "hostile: whoever leaves stays in the roster",
    "web/call/host-call.ts",
    ["this.#keys.leave(peer);", ""],
    group,
  ),
  changed(
    "hostile: whoever left is still heard and seen",
    "web/call/relay-call.ts",
    ["for (const { slot } of gone) this.#forget(slot);", ""],
    group,
  ),
  changed(
    "hostile: stop-send stops nothing in the worker",
    "web/media/tx.ts",
    ["return this.#maySend && this.#hasKey", "return this.#hasKey"],
    media,
  ),
  changed(
    "hostile: what is no frame goes uncounted",
    "web/media/rx.ts",
    ["return void this.#parts.opener.open(item, now);", "return;"],
    media,
  ),
  changed(
    "hostile: what does not open is painted",
    "web/media/rx.ts",
    [
      'if (typeof opened !== "string") this.#take(opened, now);',
      'this.#take(typeof opened === "string" ? { header, pid: new Uint8Array(16), plain: item.subarray(8) } : opened, now);',
    ],
    media,
  ),
  without(
    "hostile: the last frames of whoever was in this place before play",
    "web/media/rx.ts",
    "if (!sameBytes(this.#pids.get(slot) ?? opened.pid, opened.pid)) return;",
    media,
  ),
];
