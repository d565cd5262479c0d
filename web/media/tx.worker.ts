/** The worker of the way out: wires `Tx` to its line, to the sealer of all streams but 15, and to the page's messages. */

import { Sealer } from "../../wasm/sealer.ts";
import { ready } from "../../wasm/sodium.ts";
import { STREAM } from "../../wire/frame.ts";
import { pageClock } from "../call/clock.ts";
import { DoorAsks } from "./door-asks.ts";
import { readFrames } from "./frames-in.ts";
import { Line } from "./line.ts";
import { openQuic } from "./link-quic.ts";
import { openSocket } from "./link-socket.ts";
import type { FromTx, Picture, ToTx } from "./messages.ts";
import { SoundSender } from "./sound/sender.ts";
import { trackParts } from "./track-types.ts";
import { AWAKE_MS, TICK_MS, Tx } from "./tx.ts";

const tell = (message: FromTx) => postMessage(message);
const asks = new DoorAsks((ask) => tell({ t: "doors", ask }));
const sources: { [K in Picture]?: () => void } = {};
type Running = { readonly tx: Tx; readonly line: Line; readonly sealer: Sealer; readonly sound: SoundSender };
let running: Running | null = null;

const started = ready();
started.then(
  () => tell({ t: "ready", processor: trackParts().Processor !== null }),
  // the page hears it as the death of this worker
  (error: unknown) => reportError(error),
);
// what the page says before cryptography has started waits, in its order; what goes wrong is the end of this worker, and the page hears it
addEventListener("message", ({ data }: MessageEvent<ToTx>) => {
  started.then(() => heard(data)).catch((error: unknown) => reportError(error));
});

function heard(data: ToTx): void {
  if (data.t === "start") start(data);
  else if (data.t === "doors") asks.answer(data.ask, data.doors);
  else if (running !== null) take(data, running);
  // a frame must be closed by whoever has it
  else if (data.t === "frame") data.frame.close();
}

function start({ pid, slot, timeOrigin }: Extract<ToTx, { t: "start" }>): void {
  const sealer = new Sealer({ pid, slot, streams: Object.values(STREAM).filter((s) => s !== STREAM.data) });
  const line = new Line({
    clock: pageClock,
    chance: Math.random,
    doors: () => asks.ask(),
    openQuic,
    openSocket,
    onItem: (item) => tx.item(item),
    onOpen: (link) => {
      tx.opened(link);
      tell({ t: "line", way: link.kind });
    },
    onLost: () => tell({ t: "line", way: null }),
  });
  const tx = new Tx({
    clock: pageClock,
    sealer,
    slot,
    line,
    aheadMs: timeOrigin - performance.timeOrigin,
    tell,
    soundStep: (step) => sound.setStep(step),
    soundStats: () => sound.stats(),
  });
  const sound = new SoundSender({ onFrame: (plain) => tx.sound(plain) });
  running = { tx, line, sealer, sound };
  line.open();
  setInterval(() => tx.awake(), AWAKE_MS);
  setInterval(() => tx.tick(), TICK_MS);
}

function take(message: ToTx, { tx, line, sealer, sound }: Running): void {
  switch (message.t) {
    case "keys":
      sealer.use({ csid: message.csid, rv: message.rv, own: message.own, others: [] });
      return void tx.keyed();
    case "allow":
      return void tx.allow(message.maySend);
    case "picture":
      sources[message.of]?.();
      delete sources[message.of];
      tx.changed(message.of);
      if (message.frames === null) return;
      sources[message.of] = readFrames(message.frames, (frame) => tx.frame(message.of, frame));
      return;
    case "frame":
      return void tx.frame(message.of, message.frame);
    case "microphone":
      return void sound.listen(message.port);
    case "data":
      return void tx.data(message.frame);
    case "stats":
      return void tell({ t: "stats", ask: message.ask, stats: tx.stats() });
    case "close":
      for (const stop of Object.values(sources)) stop();
      sound.close();
      tx.close();
      line.close();
      return void close();
  }
}
