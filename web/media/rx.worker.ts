/** The worker of the way in: wires `Rx` to its line, to the opener of all streams but 15, and to the page's messages. */

import { Opener } from "../../wasm/opener.ts";
import { ready } from "../../wasm/sodium.ts";
import { pageClock } from "../call/clock.ts";
import { DoorAsks } from "./door-asks.ts";
import { Line } from "./line.ts";
import { openQuic } from "./link-quic.ts";
import { openSocket } from "./link-socket.ts";
import type { FromRx, ToRx } from "./messages.ts";
import { Rx, TICK_MS } from "./rx.ts";
import { SoundReceiver } from "./sound/receiver.ts";

const tell = (message: FromRx, transfer: Transferable[] = []) => postMessage(message, transfer);
const asks = new DoorAsks((ask) => tell({ t: "doors", ask }));
const line = new Line({
  clock: pageClock,
  chance: Math.random,
  doors: () => asks.ask(),
  openQuic,
  openSocket,
  onItem: (item) => rx.item(item),
  onOpen: (link) => {
    rx.opened(link);
    tell({ t: "line", way: link.kind });
  },
  onLost: () => tell({ t: "line", way: null }),
});
const rx = new Rx({ clock: pageClock, opener: new Opener(), line, tell });

const started = ready();
// the page hears it as the death of this worker
started.catch((error: unknown) => reportError(error));
// what the page says before cryptography has started waits, in its order; what goes wrong is the end of this worker, and the page hears it
addEventListener("message", ({ data }: MessageEvent<ToRx>) => {
  started.then(() => heard(data)).catch((error: unknown) => reportError(error));
});

function heard(data: ToRx): void {
  switch (data.t) {
    case "start":
      line.open();
      return void setInterval(() => rx.tick(), TICK_MS);
    case "doors":
      return void asks.answer(data.ask, data.doors);
    case "keys":
      return void rx.install(data.keys);
    case "view":
      return void rx.look(data.wants);
    case "hidden":
      return void rx.hide(data.isHidden);
    case "surface":
      return void rx.surface(data.slot, data.screen, data.surface);
    case "mixer":
      return void rx.hear(new SoundReceiver({ link: data.mixer }));
    case "forget":
      return void rx.forget(data.slot);
    case "stats":
      return void tell({ t: "stats", ask: data.ask, stats: rx.stats() });
    case "close":
      rx.close();
      line.close();
      return void close();
  }
}
