/** Two sounds in one outgoing track: the microphone and a shared tab, mixed by Web Audio at 48 kHz, mono as everything that is sent. */

export type Mix = {
  readonly track: MediaStreamTrack;
  /** The microphone from now on; null: none, or muted. The other sound goes on. */
  speak(microphone: MediaStreamTrack | null): void;
  close(): void;
};
export type Mixing = (sound: MediaStreamTrack) => Mix | null;

/** Null where the browser has no Web Audio. */
export const mixWith: Mixing = (sound) => {
  try {
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: "interactive" });
    const out = context.createMediaStreamDestination();
    out.channelCount = 1;
    const from = (track: MediaStreamTrack) => {
      const source = context.createMediaStreamSource(new MediaStream([track]));
      source.connect(out);
      return source;
    };
    from(sound);
    let speaking: { track: MediaStreamTrack; source: AudioNode } | null = null;
    context.resume().catch(() => undefined);
    const [track] = out.stream.getAudioTracks();
    if (!track) return null;
    return {
      track,
      speak(microphone) {
        if (microphone === (speaking?.track ?? null)) return;
        speaking?.source.disconnect();
        speaking = microphone && { track: microphone, source: from(microphone) };
      },
      close: () => void context.close().catch(() => undefined),
    };
  } catch {
    return null;
  }
};
