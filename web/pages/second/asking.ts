/** The question for the second factor on a page: what calls wait for, until the person answers or goes back. */
import { createSignal, onCleanup } from "solid-js";
import { type Asked, type AskSecond, type FactorAnswer, Left } from "../../vault/second.ts";

/** A question that is open now. `answer` throws where the answer was not right; `leave` gives up, with a reason or without. */
export type Question = Asked & {
  readonly answer: (given: FactorAnswer) => Promise<void>;
  readonly leave: (reason?: unknown) => void;
};

export function createSecond() {
  const [question, setQuestion] = createSignal<Question | null>(null);
  const ask: AskSecond = (asked, send) =>
    new Promise((resolve, reject) => {
      const end = (act: () => void) => {
        setQuestion(null);
        act();
      };
      setQuestion({
        ...asked,
        answer: async (given) => {
          const got = await send(given);
          end(() => resolve(got));
        },
        leave: (reason = new Left()) => end(() => reject(reason)),
      });
    });
  onCleanup(() => question()?.leave());
  return {
    /** Reactive; null: nothing is asked. */
    question,
    ask,
    /** Runs what may ask; going back is no error. False where the person went back. */
    async unlessLeft(work: () => Promise<unknown>): Promise<boolean> {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof Left) return false;
        throw error;
      }
    },
  };
}

export type Second = ReturnType<typeof createSecond>;
