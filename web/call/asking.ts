/** What the practice wants to know before somebody comes in: the real name (R3), the safety card (A3), consent (R16). Asked in the
 * sealed channel, kept in memory as long as the call page is open; only the answer to the consent text goes into the vault. */
import { type Ask, type SafetyCard, type Told, tidy } from "../../wire/asked.ts";
import type { ItemId, PeerId } from "../../wire/ids.ts";
import type { DeskOptions, DeskState, Visitor } from "./desk-types.ts";
import type { Guest, Guests } from "./guests.ts";

export type AskingParts = Pick<DeskOptions, "keys"> & {
  readonly guests: Guests;
  readonly state: () => DeskState;
};

/** Of one client; `declined`: the version of the text that it did not accept; `waived`: the therapist lets it in without answers. */
type Known = {
  readonly name: string | null;
  readonly card: SafetyCard | null;
  readonly declined: number;
  readonly waived: boolean;
};
const NOTHING: Known = { name: null, card: null, declined: 0, waived: false };

export class Asking {
  readonly #parts: AskingParts;
  readonly #known = new Map<ItemId, Known>();

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  /** True where this visitor may come in as far as we are concerned; else it has been asked. */
  isDone(peer: PeerId, guest: Guest): boolean {
    const { visitor } = guest;
    if (!visitor) return false;
    const ask = this.#missing(visitor);
    this.#ask(guest, ask);
    const done = ask === null || ask.again;
    // its page shows what is asked until it hears that it only waits
    if (done && visitor.lacks) guest.told = false;
    const { name, card, waived } = this.#of(visitor.record);
    const shown = { lacks: !done, realName: name, card, waived };
    if (Object.entries(shown).some(([field, value]) => visitor[field as keyof typeof shown] !== value))
      this.#parts.guests.change(peer, shown);
    return done;
  }

  /** The therapist lets this client in without answers, in this call; consent is neither given nor declined by that. A page from before
   * an update does not even know that it is asked, and not everybody can fill in a form. */
  waive(record: ItemId): void {
    this.#known.set(record, { ...this.#of(record), waived: true });
  }

  /** An answer. What was not asked is not taken. */
  hear(peer: PeerId, told: Told): void {
    const guest = this.#parts.guests.get(peer);
    const [ask, record] = [guest?.asked, guest?.visitor?.record];
    if (!guest || !ask || !record) return;
    const before = this.#of(record);
    this.#known.set(record, {
      ...before,
      name: (ask.name && tidy(told.name ?? "")) || before.name,
      card: (ask.card && cardOf(told.card)) || before.card,
      declined: this.#consent(record, ask, told),
    });
  }

  /** Whoever is not among these and was not in the call a moment ago is gone, or was refused: nothing personal of it stays. Its page answers
   * by itself when it comes again. The "no" stays, so that saying it again and again writes nothing. */
  keepOnly(here: ReadonlySet<ItemId>): void {
    const { entered } = this.#parts.state();
    const { admitted } = this.#parts.keys;
    for (const [record, { declined }] of this.#known) {
      if (here.has(record) || (entered !== null && admitted.isRecent(entered, record))) continue;
      if (declined === 0) this.#known.delete(record);
      else this.#known.set(record, { ...NOTHING, declined });
    }
  }

  /** The call is over, or its page is closed: nothing of it stays. */
  end(): void {
    this.#known.clear();
    const { guests } = this.#parts;
    for (const [peer, guest] of guests.all()) {
      guest.asked = null;
      if (guest.visitor?.card || guest.visitor?.realName) guests.change(peer, { card: null, realName: null });
    }
  }

  /** Null: nothing is missing. */
  #missing(visitor: Visitor): Ask | null {
    const { keys } = this.#parts;
    const wanted = keys.wanted(visitor.record);
    const known = this.#of(visitor.record);
    if (known.waived) return null;
    const name = wanted.name && known.name === null && !this.#calledItself(visitor);
    const card = wanted.card && known.card === null;
    const hasDeclined = wanted.consent !== null && known.declined === wanted.consent.version;
    const consent = hasDeclined && !wanted.consent?.must ? null : wanted.consent;
    if (!name && !card && consent === null) return null;
    const recent = visitor.room !== null && keys.admitted.isRecent(visitor.room, visitor.record);
    return { name, card, consent, again: recent && consent?.must !== true };
  }

  /** What somebody typed at the door is for the therapist alone, but in a group it is what the group reads. */
  #calledItself({ label, room }: Visitor): boolean {
    const open = this.#parts.state().rooms.find((each) => each.room === room);
    return (open?.clients.length ?? 1) < 2 && tidy(label ?? "") !== "";
  }

  #ask(guest: Guest, ask: Ask | null): void {
    // a channel of its own is asked anew; on the same one nobody is asked the same twice
    if (ask && JSON.stringify(ask) !== JSON.stringify(guest.asked)) guest.talk?.send({ t: "ask", ...ask });
    guest.asked = ask;
  }

  /** Keeps the answer to our text; the version that is declined now. */
  #consent(record: ItemId, { consent }: Ask, told: Told): number {
    const { declined } = this.#of(record);
    if (!consent || told.consent?.version !== consent.version) return declined;
    const { accepted } = told.consent;
    // saying no again and again writes nothing
    if (accepted || declined !== consent.version) this.#parts.keys.noteConsent(record, consent, accepted);
    return accepted ? 0 : consent.version;
  }

  #of(record: ItemId): Known {
    return this.#known.get(record) ?? NOTHING;
  }
}

/** A card with an empty field is none. */
function cardOf(told: SafetyCard | null): SafetyCard | null {
  if (!told) return null;
  const card = { place: tidy(told.place), phone: tidy(told.phone), contact: tidy(told.contact) };
  return card.place && card.phone && card.contact ? card : null;
}
