/** What opens a refined track: the blur of the camera, the calm of the microphone. Its choice (`refinement`) is tested without either. */
import type { Refined } from "../refining.ts";

/** Told while it runs: the machine does not keep up, or it stopped by itself. */
export type Watch = { onSlow(): void; onFailed(): void };

/** Rejects where it cannot begin. Once `signal` is aborted nothing of it is left, even where it had not begun. */
export type OpenRefined = (track: MediaStreamTrack, watch: Watch, signal: AbortSignal) => Promise<Refined>;
