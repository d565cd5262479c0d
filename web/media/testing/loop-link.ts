/** Two workers' halves joined without a network: what one sends reaches the other, except what the test takes away. */
import type { Bytes } from "../../../wire/bytes.ts";
import { isControl } from "../../../wire/relay.ts";
import type { Link, LinkEars, LinkKind } from "../link.ts";

export class LoopLink implements Link {
  readonly kind: LinkKind;
  readonly sent: {
    readonly by: "loose" | "sure" | "picture";
    readonly group: number;
    readonly items: readonly Bytes[];
  }[] = [];
  readonly ended: number[] = [];
  held_ = 0;
  /** Where frames go; false: this one is lost. */
  onFrame: (frame: Bytes) => void = () => {};
  isLost: (frame: Bytes) => boolean = () => false;

  constructor(kind: LinkKind = "socket") {
    this.kind = kind;
  }

  listen(_ears: LinkEars): void {}

  loose(items: readonly Bytes[]): void {
    this.#take("loose", 0, items);
  }

  sure(item: Bytes): void {
    this.#take("sure", 0, [item]);
  }

  picture(group: number, item: Bytes): void {
    this.#take("picture", group, [item]);
  }

  groupEnd(group: number): void {
    this.ended.push(group);
  }

  held(): number {
    return this.held_;
  }

  close(): void {}

  #take(by: "loose" | "sure" | "picture", group: number, items: readonly Bytes[]): void {
    this.sent.push({ by, group, items });
    for (const item of items) if (!isControl(item) && !this.isLost(item)) this.onFrame(item);
  }
}
