/** A bounded reader for decoded msgpack: a shape says what a value must be; what does not fit is `undefined`, never thrown. */
import type { Bytes } from "./bytes.ts";
import { isId } from "./ids.ts";

/** Reads an unknown value as `T`, or says no with `undefined`. */
export type Shape<T> = (value: unknown) => T | undefined;
/** The type a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

/** Exactly this text or number. */
export const exactly =
  <const T extends string | number | boolean>(wanted: T): Shape<T> =>
  (value) =>
    value === wanted ? wanted : undefined;

/** One of these words. */
export const oneOf =
  <const T extends string>(...words: readonly T[]): Shape<T> =>
  (value) =>
    words.find((word) => word === value);

/** Text of at most `max` UTF-16 units. */
export const text =
  (max: number): Shape<string> =>
  (value) =>
    typeof value === "string" && value.length <= max ? value : undefined;

/** A whole number from 0 to `max`. */
export const uint =
  (max: number): Shape<number> =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined;

/** True or false. */
export const flag: Shape<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

/** `min` to `max` bytes, copied so that the whole message can be forgotten. */
export const bin =
  (min: number, max = min): Shape<Bytes> =>
  (value) =>
    value instanceof Uint8Array && value.length >= min && value.length <= max
      ? Uint8Array.from(value)
      : undefined;

/** An id of 32 lower-case hex characters. */
export const id =
  <Id extends string>(): Shape<Id> =>
  (value) =>
    isId(value) ? (value as Id) : undefined;

/** The value or null. */
export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value) =>
    value === null ? null : shape(value);

/** At most `max` values of one shape; one that does not fit refuses the list. */
export const list =
  <T>(shape: Shape<T>, max: number): Shape<T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > max) return undefined;
    const out = value.map(shape).filter((item) => item !== undefined);
    return out.length === value.length ? out : undefined;
  };

type Fields = Record<string, Shape<unknown>>;
type Whole<F extends Fields> = { [K in keyof F]: Read<F[K]> };

/** A map with exactly these keys: a missing, unfit or unknown key refuses it. */
export const map =
  <F extends Fields>(fields: F): Shape<Whole<F>> =>
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const given = value as Record<string, unknown>;
    const names = Object.keys(fields);
    if (Object.keys(given).length !== names.length) return undefined;
    const out: Record<string, unknown> = {};
    for (const name of names) {
      if (!Object.hasOwn(given, name)) return undefined;
      const read = fields[name]?.(given[name]);
      if (read === undefined) return undefined;
      out[name] = read;
    }
    return out as Whole<F>;
  };

type Members = Record<string, Fields>;
/** The union of the members of a table, told apart by `t`. */
export type Union<M extends Members> = { [T in keyof M]: { t: T } & Whole<M[T]> }[keyof M];

/** A union told apart by `t`: `{t, …fields}` with the fields that the table names for that `t`, no more and no less. */
export const union = <M extends Members>(members: M): Shape<Union<M>> => {
  const shapes = new Map(
    Object.entries(members).map(([t, fields]) => [t, map({ ...fields, t: exactly(t) }) as Shape<unknown>]),
  );
  return (value) => {
    const t = (value as { t?: unknown } | null)?.t;
    return typeof t === "string" ? (shapes.get(t)?.(value) as Union<M> | undefined) : undefined;
  };
};
