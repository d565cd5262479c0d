/** Sender and receiver in one worker with a bad line between them: seeded loss and delay, so that a run can be had again. */
import { chance } from "../../call/testing/hand-clock.ts";
import type { MixerLink } from "../../media/sound/outlet.ts";
import { readSound } from "../../media/sound/plain.ts";
import { SoundReceiver, type SoundStats } from "../../media/sound/receiver.ts";
import { SoundSender, type SoundSenderStats } from "../../media/sound/sender.ts";

export type BadLine = {
  readonly seed: number;
  readonly lossPercent: number;
  readonly delayMs: number;
  readonly jitterMs: number;
};
export type Order =
  | {
      readonly t: "open";
      readonly link: MixerLink;
      readonly microphone: MessagePort;
      readonly native: boolean;
    }
  | { readonly t: "line"; readonly line: BadLine }
  | { readonly t: "step"; readonly step: number }
  | { readonly t: "report" };
export type Report = {
  readonly sender: SoundSenderStats;
  readonly receiver: SoundStats | null;
  readonly receiverCodec: string | null;
  readonly level: number;
  readonly sent: number;
  readonly lost: number;
  /** Length in ms and size of the plain: how often it was seen. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Capture to what is heard now, in ms; `null` while nothing plays. */
  readonly behindMs: number | null;
};

const SLOT = 3;
let line: BadLine = { seed: 1, lossPercent: 0, delayMs: 0, jitterMs: 0 };
let random = chance(line.seed);
let [sent, lost] = [0, 0];
let sizes: Record<string, number> = {};
let sender: SoundSender;
let receiver: SoundReceiver;
/** The page's clock, by which sound is captured, is not the worker's. */
let clockApartMs = 0;

function send(plain: Uint8Array): void {
  const ctr = sent++;
  const name = `${(readSound(plain)?.durationUs ?? 0) / 1000}:${plain.length}`;
  sizes[name] = (sizes[name] ?? 0) + 1;
  if (random() * 100 < line.lossPercent) {
    lost += 1;
    return;
  }
  const deliver = () => receiver.push(SLOT, ctr, plain, performance.now());
  const wait = line.delayMs + random() * line.jitterMs;
  if (wait > 0) setTimeout(deliver, wait);
  else deliver();
}

function report(): Report {
  const playedUs = receiver.playedUs(SLOT);
  return {
    sender: sender.stats(),
    receiver: receiver.stats()[0] ?? null,
    receiverCodec: receiver.codec,
    level: receiver.levels()[0]?.level ?? 0,
    ...{ sent, lost, sizes },
    behindMs: playedUs === null ? null : performance.now() + clockApartMs - playedUs / 1000,
  };
}

addEventListener("message", ({ data }: MessageEvent<Order & { origin?: number }>) => {
  if (data.t === "open") {
    clockApartMs = performance.timeOrigin - (data.origin ?? 0);
    if (!data.native) for (const name of ["AudioEncoder", "AudioDecoder"]) Reflect.deleteProperty(self, name);
    receiver = new SoundReceiver({ link: data.link });
    sender = new SoundSender({ onFrame: send });
    sender.listen(data.microphone);
  } else if (data.t === "line") {
    line = data.line;
    random = chance(line.seed);
    [lost, sizes] = [0, {}];
  } else if (data.t === "step") sender.setStep(data.step);
  else postMessage(report());
});
