/** One of several nodes: its connection to Redis, what it holds, and the news between nodes. Loaded only where `TPC_REDIS_URL` is set. */
import type { Store } from "../../db/store.ts";
import type { PracticeId } from "../../wire/ids.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { RoomEvents } from "../transport/signaling.ts";
import type { Commands } from "./directory.ts";
import { NodeDirectory } from "./directory.ts";
import { Holding, type HoldingEvents } from "./holding.ts";
import { type News, NewsLine } from "./news.ts";

export type NodesDeps = {
  readonly redis: Commands & { close(): void };
  readonly node: string;
  readonly run: string;
  /** Keeps installations on one Redis apart. */
  readonly installation: string;
  readonly store: Pick<Store, "holds">;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: (ms: number) => Promise<unknown>;
};

export type NodesEvents = HoldingEvents & {
  readonly rooms: RoomEvents;
  /** Something of this practice may have changed unheard. */
  readonly reread: (practice: PracticeId) => void;
};

export class Nodes {
  readonly name: string;
  readonly holding: Holding;
  readonly #news: NewsLine;
  readonly #redis: { close(): void };

  constructor({ redis, node, run, installation, store, clock, log, wait }: NodesDeps) {
    const prefix = `tpc:${installation}`;
    const directory = new NodeDirectory({ commands: redis, prefix, node, run });
    const fence = (practice: PracticeId) => store.holds.take(practice, run);
    this.name = node;
    this.#redis = redis;
    this.holding = new Holding({ directory, fence, clock, log, wait });
    this.#news = new NewsLine({ commands: redis, prefix, run, log, wait });
  }

  /** Begins to answer for practices. Resolves also where Redis is away: it is asked until it is there. */
  async start(events: NodesEvents): Promise<void> {
    const { holding } = this;
    await this.#news.start({
      heard: (news) => tell(events.rooms, news),
      missed: () => {
        for (const practice of holding.all) events.reread(practice);
      },
    });
    await holding.start(events);
  }

  /** The same events, told to the other nodes too. */
  spreading(here: RoomEvents): RoomEvents {
    const say = (what: News) => {
      tell(here, what);
      this.#news.say(what);
    };
    return {
      opened: (practice) => say({ t: "opened", practice }),
      closed: (practice, room) => say({ t: "closed", practice, room }),
      sessionEnded: (session) => say({ t: "session", session }),
      linksGone: (practice, rids) => say({ t: "links", practice, rids: [...rids] }),
      accountDeleted: (practice) => say({ t: "deleted", practice }),
    };
  }

  /** Lets others take over. */
  async stop(): Promise<void> {
    this.#news.stop();
    await this.holding.stop();
    this.#redis.close();
  }
}

function tell(rooms: RoomEvents, news: News): void {
  if (news.t === "opened") rooms.opened(news.practice);
  else if (news.t === "closed") rooms.closed(news.practice, news.room);
  else if (news.t === "session") rooms.sessionEnded(news.session);
  else if (news.t === "links") rooms.linksGone(news.practice, news.rids);
  else rooms.accountDeleted(news.practice);
}
