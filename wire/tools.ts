/** The therapist's tools that vanish: what is open now, sealed to each client, and what a client answers. All of it is bounded. */
import { list, map, nullable, text, uint } from "./shape.ts";

const NUMBER_MAX = 2 ** 32 - 1;
/** UTF-16 units. Higher: a question fills a phone. Lower: it becomes a riddle. */
export const QUESTION_MAX = 120;
/** From "gar nicht" to "sehr". */
export const SCALE_MAX = 10;
/** Seconds of one part of a breath. */
export const BREATH_MAX_S = 20;
const DAY_MS = 24 * 60 * 60 * 1000;
/** As many as there are slots. */
const ANSWERS_MAX = 16;

const number = uint(NUMBER_MAX);
const seconds = uint(BREATH_MAX_S);

/** All of it each time, so that whoever comes late or has missed something has the same as the others. */
export const toolsFields = {
  /** `shared`: the answers as the therapist shows them, in order of size and without names. */
  scale: nullable(
    map({ id: number, question: text(QUESTION_MAX), shared: nullable(list(uint(SCALE_MAX), ANSWERS_MAX)) }),
  ),
  /** Began `ms` ago. */
  breath: nullable(map({ id: number, in: seconds, hold: seconds, out: seconds, ms: uint(DAY_MS) })),
  /** The strokes of a board have its number; a wiped one gets another. */
  board: nullable(map({ id: number })),
};
/** To the therapist alone, never in stream 15: the others do not see it. */
export const ratedFields = { id: number, value: uint(SCALE_MAX) };
