/** Lobby events: what HTTP at one node changed and signaling at another has to know. A stream in Redis, read by every node: what was said
 * while a connection was away is still there. */
import type { PracticeId, Rid, RoomId } from "../../wire/ids.ts";
import { id, list, type Read, text, union } from "../../wire/shape.ts";
import { type Log, logError } from "../log.ts";
import type { Commands } from "./directory.ts";

/** Higher: a client who waits at the door sees later that it was opened at another node. Lower: more questions for nothing. */
export const POLL_MS = 200;
/** Higher: Redis keeps more of what everybody has read. Lower: a node that was away for minutes misses something. */
const KEPT = 10_000;
/** Read at once. */
const BATCH = 100;
/** Said while Redis is away. Higher: memory. Lower: an outage in a busy hour loses something. */
const UNSAID_MAX = 10_000;
/** Links that one change of a practice may take away. */
const LINKS_MAX = 1000;

const practice = id<PracticeId>();
const news = union({
  opened: { practice },
  closed: { practice, room: id<RoomId>() },
  session: { session: text(100) },
  links: { practice, rids: list(id<Rid>(), LINKS_MAX) },
  deleted: { practice },
});
/** One piece of news. */
export type News = NonNullable<Read<typeof news>>;

export type NewsDeps = {
  readonly commands: Commands;
  readonly prefix: string;
  /** Names us, so that we do not hear ourselves. */
  readonly run: string;
  readonly log: Log;
  readonly wait: (ms: number) => Promise<unknown>;
};

export type NewsEvents = {
  readonly heard: (news: News) => void;
  /** Redis was away: something may have been missed. */
  readonly missed: () => void;
};

export class NewsLine {
  readonly #deps: NewsDeps;
  readonly #unsaid: string[] = [];
  #events: NewsEvents | null = null;
  #last: string | null = null;
  #isAway = false;
  #isStopping = false;

  constructor(deps: NewsDeps) {
    this.#deps = deps;
  }

  /** Listens until `stop`, to all that is said once this has resolved. */
  async start(events: NewsEvents): Promise<void> {
    this.#events = events;
    await this.#turn();
    void this.#loop();
  }

  /** Tells the others, later if it cannot be now. */
  say(what: News): void {
    if (this.#unsaid.length >= UNSAID_MAX) this.#unsaid.shift();
    this.#unsaid.push(JSON.stringify(what));
    void this.#flush().catch(() => undefined);
  }

  stop(): void {
    this.#isStopping = true;
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      await this.#deps.wait(POLL_MS);
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    try {
      await this.#flush();
      await this.#read();
      if (this.#isAway) this.#events?.missed();
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) this.#deps.log.warn("nodes.deaf", { error: logError(error) });
      this.#isAway = true;
    }
  }

  async #flush(): Promise<void> {
    const { commands, run } = this.#deps;
    for (let next = this.#unsaid[0]; next !== undefined; next = this.#unsaid[0]) {
      this.#unsaid.shift();
      try {
        await commands.send("XADD", [this.#key, "MAXLEN", "~", String(KEPT), "*", "from", run, "what", next]);
      } catch (error) {
        this.#unsaid.unshift(next);
        throw error;
      }
    }
  }

  async #read(): Promise<void> {
    const { commands } = this.#deps;
    if (this.#last === null) {
      const [newest] = entriesOf(await commands.send("XREVRANGE", [this.#key, "+", "-", "COUNT", "1"]));
      this.#last = newest?.id ?? "0-0";
    }
    const args = [this.#key, `(${this.#last}`, "+", "COUNT", String(BATCH)];
    for (const { id: at, fields } of entriesOf(await commands.send("XRANGE", args))) {
      this.#last = at;
      this.#hear(fields);
    }
  }

  #hear([, from, , what]: readonly string[]): void {
    if (from === this.#deps.run) return;
    const heard = parsed(what ?? "");
    if (heard) this.#events?.heard(heard);
    else this.#deps.log.warn("nodes.news-unread");
  }

  get #key(): string {
    return `${this.#deps.prefix}:news`;
  }
}

/** Undefined for anything that no node of ours says. */
function parsed(what: string): News | undefined {
  try {
    return news(JSON.parse(what));
  } catch {
    return undefined;
  }
}

function entriesOf(said: unknown): { id: string; fields: string[] }[] {
  if (!Array.isArray(said)) return [];
  return said.map(([at, fields]: [unknown, unknown]) => ({
    id: String(at),
    fields: Array.isArray(fields) ? fields.map(String) : [],
  }));
}
