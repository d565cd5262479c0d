/** Which devices a person has chosen, remembered on this device alone: ids that mean nothing elsewhere, no names. */
import type { TextStore } from "./device-secrets.ts";
import type { Kind } from "./opening.ts";

export type Choice = Kind | "speaker";

const KEY = "tpc.devices";
const CHOICES: readonly Choice[] = ["microphone", "camera", "speaker"];
/** Ids of browsers have 64 characters; nothing longer is kept. */
const ID_MAX = 256;

export class Chosen {
  readonly #store: TextStore | null;

  /** `store` is the browser's `localStorage`, null where it has none: then the choice lasts as long as the page. */
  constructor(store: TextStore | null) {
    this.#store = store;
  }

  #kept: { [C in Choice]?: string } | null = null;

  /** The id that was chosen last, null where none was. */
  get(choice: Choice): string | null {
    return this.#read()[choice] ?? null;
  }

  /** Empty: the system's own again. */
  set(choice: Choice, id: string): void {
    const { [choice]: _, ...others } = this.#read();
    this.#kept = id === "" || id.length > ID_MAX ? others : { ...others, [choice]: id };
    try {
      this.#store?.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // a full or forbidden store: the choice lasts as long as the page
    }
  }

  #read(): { [C in Choice]?: string } {
    this.#kept ??= parsed(this.#stored());
    return this.#kept;
  }

  #stored(): string | null {
    try {
      return this.#store?.getItem(KEY) ?? null;
    } catch {
      return null;
    }
  }
}

function parsed(text: string | null): { [C in Choice]?: string } {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    const entries = CHOICES.map((choice) => [choice, (read as Record<string, unknown>)[choice]] as const);
    return Object.fromEntries(
      entries.filter(([, id]) => typeof id === "string" && id !== "" && id.length <= ID_MAX),
    );
  } catch {
    return {};
  }
}
