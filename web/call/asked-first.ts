/** What the client is asked before it comes in, and what it answers: the practice's questions, and who else belongs to the group. */
import type { Ask } from "../../wire/asked.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import { Answers } from "./answers.ts";
import type { Stage } from "./client-types.ts";

export type AskedFirstParts = {
  /** Into the channel, where there is one. */
  readonly send: (message: ToTherapist) => void;
  readonly stage: () => Stage;
  readonly show: (stage: Stage) => void;
  /** The person did not accept the text that this practice needs. */
  readonly onDeclined: () => void;
};

export class AskedFirst {
  readonly #parts: AskedFirstParts;
  /** What was told, and what stands in the form; gone at the end. */
  readonly answers = new Answers();
  #ask: Ask | null = null;
  /** Has been told how many others are in, and pressed. */
  #isReady = false;

  constructor(parts: AskedFirstParts) {
    this.#parts = parts;
  }

  /** What was told before is told again without troubling anybody: only a new handshake asks for it. */
  onAsk({ t: _, ...ask }: Extract<ToClient, { t: "ask" }>): void {
    this.#ask = ask;
    const missing = this.answers.missing(ask);
    const { at } = this.#parts.stage();
    if (!missing || ask.again) this.#answer(ask);
    if (at === "in" || ask.again) return;
    this.#parts.show(missing ? { at: "asked", ask: missing } : { at: "waiting" });
  }

  /** The form is filled in; `accepted` is the answer to the consent text, null where there is none. */
  tell(accepted: boolean | null): void {
    if (!this.#ask) return;
    const { consent } = this.#ask;
    this.answers.say(this.#ask, accepted);
    this.#answer(this.#ask);
    if (consent?.must && accepted === false) this.#parts.onDeclined();
    else if (this.#parts.stage().at === "asked") this.#parts.show({ at: "waiting" });
  }

  /** Before we come in we are told how many others there are; who has pressed is not asked again by a new handshake. */
  onGroup(others: number): void {
    if (this.#isReady) this.#parts.send({ t: "ready" });
    else if (this.#parts.stage().at !== "in") this.#parts.show({ at: "group", others });
  }

  /** Has read who else belongs to the group: comes in. */
  enterGroup(): void {
    this.#isReady = true;
    if (this.#parts.stage().at !== "group") return;
    this.#parts.send({ t: "ready" });
    this.#parts.show({ at: "waiting" });
  }

  /** It is over: nothing of it stays. */
  end(): void {
    this.#isReady = false;
    this.#ask = null;
    this.answers.clear();
  }

  #answer(ask: Ask): void {
    this.#parts.send({ t: "told", ...this.answers.answer(ask) });
  }
}
