/** Names of things that both sides pass around: branded types, so that one id cannot stand where another belongs. */
import { type Bytes, hex } from "./bytes.ts";

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** All ids are 16 random or derived bytes, written as 32 lower-case hex characters. */
export const ID_BYTES = 16;

/** A client's routing handle, derived from the link secret (TP1 §2.2); all that the server learns of a link. */
export type Rid = Brand<string, "rid">;
/** An activation: a room the therapist has opened for two hours. */
export type RoomId = Brand<string, "room">;
/** One metered meeting inside a room. */
export type CallId = Brand<string, "call">;
/** One person's place in a call, derived by the therapist's browser (amendment A6). */
export type SeatId = Brand<string, "seat">;
/** One connection of a seat; survives a resume, not a reload. */
export type PeerId = Brand<string, "peer">;
/** A therapist's account inside the server. */
export type PracticeId = Brand<string, "practice">;
/** A planned call. */
export type PlanId = Brand<string, "plan">;
/** What the dates of a weekly planned call have in common. */
export type SeriesId = Brand<string, "series">;
/** A practice's sealed logo; new with each picture. */
export type LogoId = Brand<string, "logo">;
/** A token of practice software; names it, opens nothing. */
export type TokenId = Brand<string, "token">;
/** A passkey of the second factor; names it, opens nothing. */
export type PasskeyId = Brand<string, "passkey">;
/** An address that is told of calls. */
export type WebhookId = Brand<string, "webhook">;
/** One notice to one webhook. */
export type DeliveryId = Brand<string, "delivery">;
/** An invitation of practice staff; names the access that came of it as well. */
export type InvitationId = Brand<string, "invitation">;
/** One record in a therapist's vault. */
export type ItemId = Brand<string, "item">;

const ID = /^[0-9a-f]{32}$/;

/** True where `value` has the form of an id; which kind it is, the place it came from says. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

/** A new random id of the kind the caller names: `newId<RoomId>()`. */
export function newId<Id extends Brand<string, string>>(): Id {
  return hex(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as Id;
}

/** The id whose 16 bytes are given. Throws `RangeError` on any other length. */
export function idOf<Id extends Brand<string, string>>(bytes: Bytes | Uint8Array): Id {
  if (bytes.length !== ID_BYTES) throw new RangeError("an id has 16 bytes");
  return hex(bytes) as Id;
}
