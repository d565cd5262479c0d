/** The own microphone as the room shows it: how loud it is, and what the person does not notice. */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js";
import { barOf, type Ear, earOf } from "../../call/ear.ts";
import { Hearing, type MicrophoneWord } from "../../call/silence.ts";
import type { CaptureView } from "./use-capture.ts";

/** Five times a second: enough for a bar, little for a phone. */
const EVERY_MS = 200;
/** The bar is as wide as a thumb. More steps: the room is painted anew for what nobody sees. */
const STEPS = 12;

export type MicrophoneView = { readonly bar: Accessor<number>; readonly word: Accessor<MicrophoneWord> };

export function useMicrophone(view: CaptureView): MicrophoneView {
  const hearing = new Hearing();
  const [bar, setBar] = createSignal(0);
  const [word, setWord] = createSignal<MicrophoneWord>(null);
  let ear: Ear | null = null;
  const source = createMemo(() => {
    view.captured();
    return view.capture.source("microphone");
  });
  createEffect(() => {
    const track = source();
    hearing.restart();
    ear = track && earOf(track);
    onCleanup(() => {
      ear?.close();
      ear = null;
    });
  });
  const timer = setInterval(() => {
    const heard = ear?.hear() ?? null;
    const state = { muted: view.captured().muted, isHeld: source()?.muted === true };
    setWord(source() ? hearing.hear(heard, state, performance.now()) : null);
    setBar(heard && !state.muted ? Math.round(barOf(heard.volume) * STEPS) / STEPS : 0);
  }, EVERY_MS);
  onCleanup(() => clearInterval(timer));
  return { bar, word };
}
