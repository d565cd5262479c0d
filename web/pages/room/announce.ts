/** What a screen reader says of a room: one sentence out of two states, the one last told and the one now. PURE. Many things at once are one
 * sentence each kind, and what came and went in between is not told.
 * The line speaks for itself (`line-card`). */

export type Heard = {
  readonly slot: number;
  readonly name: string;
  readonly mic: boolean;
  readonly hand: boolean;
  readonly screen: boolean;
};

export type RoomFacts = {
  /** The others. */
  readonly people: readonly Heard[];
  readonly muted: boolean;
  readonly sharing: boolean;
  /** Messages nobody has seen yet. */
  readonly unread: number;
};

/** The texts; `names` are joined already, as the language does it. */
export type Sayings = {
  readonly joined: (names: string, count: number) => string;
  readonly left: (names: string, count: number) => string;
  readonly mutes: (names: string, count: number) => string;
  readonly unmutes: (names: string, count: number) => string;
  readonly raises: (names: string, count: number) => string;
  readonly shares: (names: string, count: number) => string;
  readonly stopsSharing: (names: string, count: number) => string;
  readonly ownMuted: string;
  readonly ownUnmuted: string;
  readonly ownSharing: string;
  readonly ownStopped: string;
  readonly unread: (count: number) => string;
};

/** Higher: a sentence that nobody can keep. Lower: a name is left out although there would be time. */
const NAMES_MAX = 4;

/** What changed, in sentences; empty where nothing did. */
export function changesIn(
  before: RoomFacts,
  now: RoomFacts,
  say: Sayings,
  join: (names: string[]) => string,
): string {
  const told = (people: readonly Heard[], text: (names: string, count: number) => string) =>
    people.length === 0
      ? ""
      : text(people.length > NAMES_MAX ? "" : join(people.map(({ name }) => name)), people.length);
  const was = new Map(before.people.map((person) => [person.slot, person]));
  const is = new Map(now.people.map((person) => [person.slot, person]));
  const stayed = (turned: (old: Heard, fresh: Heard) => boolean) =>
    now.people.filter((fresh) => {
      const old = was.get(fresh.slot);
      return old !== undefined && turned(old, fresh);
    });
  return [
    told(
      now.people.filter(({ slot }) => !was.has(slot)),
      say.joined,
    ),
    told(
      before.people.filter(({ slot }) => !is.has(slot)),
      say.left,
    ),
    told(
      stayed((old, fresh) => !old.hand && fresh.hand),
      say.raises,
    ),
    told(
      stayed((old, fresh) => !old.screen && fresh.screen),
      say.shares,
    ),
    told(
      stayed((old, fresh) => old.screen && !fresh.screen),
      say.stopsSharing,
    ),
    told(
      stayed((old, fresh) => old.mic && !fresh.mic),
      say.mutes,
    ),
    told(
      stayed((old, fresh) => !old.mic && fresh.mic),
      say.unmutes,
    ),
    before.muted === now.muted ? "" : now.muted ? say.ownMuted : say.ownUnmuted,
    before.sharing === now.sharing ? "" : now.sharing ? say.ownSharing : say.ownStopped,
    now.unread > before.unread ? say.unread(now.unread) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** The shortest time between two sentences. Higher: news come late. Lower: nine people who come in talk over the call. */
export const PACE_MS = 3_000;
/** How long the first change waits for those that come with it. */
const GATHER_MS = 300;

/** How long to wait before the next sentence, from `now`; `last` is when the one before was said. */
export const waitFor = (last: number, now: number): number => Math.max(GATHER_MS, last + PACE_MS - now);
