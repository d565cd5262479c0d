/** The media over the server, fetched when a call first goes that way: a direct call needs none of it. What is asked of it meanwhile
 * is done as soon as it is there. */
import { fetched } from "../fetched.ts";
import type { OpenPlane, Plane, PlaneOptions } from "./relay-plane.ts";

type Act = (plane: Plane) => void;

class LazyPlane implements Plane {
  readonly #waiting: Act[] = [];
  #plane: Plane | null = null;
  #closed = false;

  constructor(options: PlaneOptions) {
    fetched(() => import("../media/relay-media.ts")).then(
      ({ RelayMedia }) => this.#begin(new RelayMedia({ ...options, host: location.hostname })),
      () => options.onState({ line: "lost", way: null, weak: { own: false, slots: [] } }),
    );
  }

  install(...args: Parameters<Plane["install"]>): void {
    this.#do((plane) => plane.install(...args));
  }

  allow(maySend: boolean): void {
    this.#do((plane) => plane.allow(maySend));
  }

  capture(...args: Parameters<Plane["capture"]>): void {
    this.#do((plane) => plane.capture(...args));
  }

  view(...args: Parameters<Plane["view"]>): void {
    this.#do((plane) => plane.view(...args));
  }

  sendData(...args: Parameters<Plane["sendData"]>): boolean {
    return this.#plane?.sendData(...args) ?? false;
  }

  forget(slot: number): void {
    this.#do((plane) => plane.forget(slot));
  }

  async setLoudspeaker(id: string): Promise<boolean> {
    this.#do((plane) => void plane.setLoudspeaker(id).catch(() => false));
    return true;
  }

  silence(silent: boolean): void {
    this.#do((plane) => plane.silence(silent));
  }

  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#plane?.close();
  }

  #do(act: Act): void {
    if (this.#plane) act(this.#plane);
    else if (!this.#closed) this.#waiting.push(act);
  }

  #begin(plane: Plane): void {
    if (this.#closed) plane.close();
    else this.#plane = plane;
    for (const act of this.#waiting.splice(0)) act(plane);
  }
}

export const openPlane: OpenPlane = (options) => new LazyPlane(options);
