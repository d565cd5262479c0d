/** What the bench needs to know of a system that it measures, ours and the peer alike. */
import type { Person } from "../../web/journeys/people.ts";

/** Where the server is reached, and which program starts the browser of each person (undefined: the usual one). */
export type Place = {
  readonly address: string;
  browserOf(who: number): { readonly executable?: string };
  /** Lets only so much through to and from one person; null: everything again. */
  narrow(who: number, kbit: number | null): void;
};

export type Contender = {
  readonly system: "janus" | "therapsy";
  /** `sends`: nft expressions that name what the server sends of media. */
  readonly server: { readonly pid: number; readonly sends: readonly string[] };
  /** Who has joined, in their order. */
  readonly people: readonly Person[];
  /** The next person comes in; resolves when the page is on its way, not when a picture is there. */
  join(): Promise<void>;
  /** Which way media of this person really went. */
  wayOf(person: Person): Promise<string>;
  /** Milliseconds of sound that this person's page made up so far, by its own count; null where it keeps none. */
  concealedMs(person: Person): Promise<number | null>;
  close(): Promise<void>;
};
