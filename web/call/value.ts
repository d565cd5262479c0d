/** A current value that others may read and watch but only its owner may set. */

/** The read side: the value now, and a call on every change until the returned function is called. */
export interface Readable<T> {
  get(): T;
  watch(listener: (value: T) => void): () => void;
}

export class Value<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  /** Sets and tells the watchers, in the order they came; the same value again tells nobody. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  watch(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
