/** One choice that this device remembers: a word in the browser's store where it was made, nothing where it was not. */

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
export type KeptFlag = { get(): boolean; set(on: boolean): void };

/** `word` is what stands under `key` while the flag is set. A store that is full or forbidden remembers nothing, and nothing throws. */
export function keptFlag(key: string, word: string, store: Store | null): KeptFlag {
  return {
    get() {
      try {
        return store?.getItem(key) === word;
      } catch {
        return false;
      }
    },
    set(on) {
      try {
        if (on) store?.setItem(key, word);
        else store?.removeItem(key);
      } catch {
        // the page itself has changed already; the next one begins without
      }
    },
  };
}
