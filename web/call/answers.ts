/** What the client has told the therapist before coming in, for this visit only: it lies in the page's memory, answers a new
 * handshake by itself, and is gone at the end (A3). */
import { type Ask, type SafetyCard, type Told, tidy } from "../../wire/asked.ts";

/** What stands in the form's fields, typed to the end or not. */
export type Draft = SafetyCard & { readonly name: string };
const EMPTY: Draft = { name: "", place: "", phone: "", contact: "" };

export class Answers {
  #draft: Draft = EMPTY;
  #name: string | null = null;
  #card: SafetyCard | null = null;
  #consent: Told["consent"] = null;

  get draft(): Draft {
    return this.#draft;
  }

  /** Typed, not said yet: stays over a reconnect. */
  type(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change };
  }

  /** The person is ready with what `ask` wants. */
  say(ask: Ask, accepted: boolean | null): void {
    const { name, place, phone, contact } = this.#draft;
    if (ask.name) this.#name = tidy(name);
    if (ask.card) this.#card = { place: tidy(place), phone: tidy(phone), contact: tidy(contact) };
    if (ask.consent && accepted !== null) this.#consent = { version: ask.consent.version, accepted };
  }

  /** What of this ask has not been said yet; null: nothing. */
  missing(ask: Ask): Ask | null {
    const left = {
      ...ask,
      name: ask.name && !this.#name,
      card: ask.card && !this.#card,
      consent: this.#hasAnswered(ask) ? null : ask.consent,
    };
    return left.name || left.card || left.consent ? left : null;
  }

  /** The answer to this ask, as far as it was said. */
  answer(ask: Ask): Told {
    return {
      name: ask.name ? this.#name : null,
      card: ask.card ? this.#card : null,
      consent: this.#consent?.version === ask.consent?.version ? this.#consent : null,
    };
  }

  /** Nothing of it stays. */
  clear(): void {
    this.#draft = EMPTY;
    this.#name = null;
    this.#card = null;
    this.#consent = null;
  }

  /** A "no" is asked again where nobody comes in without a "yes". */
  #hasAnswered({ consent }: Ask): boolean {
    if (!consent || this.#consent?.version !== consent.version) return false;
    return this.#consent.accepted || !consent.must;
  }
}
