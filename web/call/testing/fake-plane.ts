/** A stand-in for the media over the server in unit tests: planes of one csid hear each other's data frames, keys are written down. */

import type { EpochKeys } from "../../../wasm/roster.ts";
import type { Bytes } from "../../../wire/bytes.ts";
import { hex } from "../../../wire/bytes.ts";
import type { Plane, PlaneCapture, PlaneOptions, PlaneWant } from "../relay-plane.ts";

export class FakePlane implements Plane {
  /** All that are open. */
  static all: FakePlane[] = [];
  readonly options: PlaneOptions;
  readonly keys: EpochKeys[] = [];
  captured: PlaneCapture | null = null;
  wants: readonly PlaneWant[] = [];
  mayAllow = false;
  isSilent = false;
  loudspeaker = "";
  readonly forgotten: number[] = [];

  static begin(): void {
    FakePlane.all = [];
  }

  constructor(options: PlaneOptions) {
    this.options = options;
    FakePlane.all.push(this);
    queueMicrotask(() => this.state("open"));
  }

  get slot(): number {
    return this.options.slot;
  }

  state(
    line: "open" | "lost",
    weak: { own: boolean; slots: readonly number[] } = { own: false, slots: [] },
  ): void {
    if (FakePlane.all.includes(this)) this.options.onState({ line, way: "quic", weak });
  }

  install(keys: EpochKeys): void {
    this.keys.push(keys);
  }

  allow(maySend: boolean): void {
    this.mayAllow = maySend;
  }

  capture(captured: PlaneCapture): void {
    this.captured = captured;
  }

  view(wants: readonly PlaneWant[]): void {
    this.wants = wants;
  }

  sendData(frame: Bytes): boolean {
    const csid = this.#csid;
    for (const plane of FakePlane.all)
      if (plane !== this && plane.#csid === csid) plane.options.onData(frame.slice());
    return true;
  }

  forget(slot: number): void {
    this.forgotten.push(slot);
  }

  async setLoudspeaker(id: string): Promise<boolean> {
    this.loudspeaker = id;
    return true;
  }

  silence(silent: boolean): void {
    this.isSilent = silent;
  }

  close(): void {
    FakePlane.all = FakePlane.all.filter((each) => each !== this);
  }

  get #csid(): string | null {
    const newest = this.keys.at(-1);
    return newest ? hex(newest.csid) : null;
  }
}
