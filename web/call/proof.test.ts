/** [A4] A server that plays the therapist at the code form: how many guesses it gets out of one press, and none once the real
 * therapist is known. */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { CodeAnswer } from "../../wasm/code-answer.ts";
import { Identity } from "../../wasm/identity.ts";
import { ready } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type NormalId, normalClientId, type UserName } from "../../wire/names.ts";
import { HandshakeBudget } from "./budget.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { CODE_PATIENCE_MS, Knocking } from "./knocking.ts";
import { CodeProof } from "./proof.ts";
import { HandClock } from "./testing/hand-clock.ts";

beforeAll(ready);

const USER = "praxis" as UserName;
const normal = (code: string) => normalClientId(code) as NormalId;
const sixteen = Array.from({ length: 16 }, (_, i) => `guess ${i}`);
let clock = new HandClock();

beforeEach(() => {
  clock = new HandClock();
});

/** Whoever answers with this identity, for these codes. */
function answerer(seed: number, codes: readonly string[]) {
  const identity = new Identity(new Uint8Array(32).fill(seed));
  return () =>
    new CodeAnswer({ identity, user: USER, codes: codes.map((code) => ({ code: normal(code), ref: code })) });
}

const tries = (left: boolean) => ({ take: () => left, giveBack: () => undefined });

/** A client at the code form, and everything it sends. */
function client(typed: string) {
  const sent: { kind: string; body: Bytes }[] = [];
  const said: string[] = [];
  const proof = new CodeProof({ by: "code", user: USER, code: normal(typed) }, tries(true));
  const newKnocking = () =>
    new Knocking({
      proof,
      clock,
      budget: new HandshakeBudget(),
      send: (data) => void sent.push(openEnvelope(data) as never),
      onOpen: () => void said.push("open"),
      onMessage: () => undefined,
      onUnproven: () => void said.push("unproven"),
      onWrong: () => void said.push("wrong"),
    });
  const last = (kind: string) => sent.filter((each) => each.kind === kind).at(-1)?.body as Bytes;
  const proofs = () => sent.filter(({ kind }) => kind === "handshake").length;
  return { proof, newKnocking, sent, said, last, proofs };
}

/** Answers the last knock with M2, and M3 with M4 where a code fits. */
function answers(one: ReturnType<typeof client>, knocking: Knocking, answer: CodeAnswer<string>): void {
  knocking.receive(wrapEnvelope("handshake", answer.onM1(one.last("knock"))));
}

test("sixteen guesses with the one M3 of a press, and not one more whatever it does", () => {
  const one = client("4711");
  const forger = answerer(9, sixteen);
  const knocking = one.newKnocking();
  knocking.start();
  for (let round = 0; round < 5; round++) {
    answers(one, knocking, forger());
    knocking.receive(wrapEnvelope("wrong"));
    knocking.receive(wrapEnvelope("restart"));
    clock.pass(CODE_PATIENCE_MS);
  }
  // the host is another, or the route broke
  const second = one.newKnocking();
  second.start();
  answers(one, second, forger());
  expect([one.proofs(), one.proof.isUsedUp()]).toEqual([1, true]);
  expect(one.said[0]).toBe("wrong");
});

test("no answer at all: M1 is repeated in patience, nothing that could be tested is sent", () => {
  const one = client("4711");
  one.newKnocking().start();
  clock.pass(CODE_PATIENCE_MS - 1);
  expect(one.sent.map(({ kind }) => kind)).toEqual(["knock"]);
  clock.pass(1);
  expect(one.sent.map(({ kind }) => kind)).toEqual(["knock", "knock"]);
  expect(one.proof.isUsedUp()).toBe(false);
});

test("a proof that is not answered is said to be wrong, once, and nothing follows", () => {
  const one = client("4711");
  const knocking = one.newKnocking();
  knocking.start();
  answers(one, knocking, answerer(1, ["4711"])());
  clock.pass(10 * CODE_PATIENCE_MS);
  expect([one.proofs(), one.said]).toEqual([1, ["wrong"]]);
});

test("once the therapist has proven the code, another identity gets no proof to test, the same one does", () => {
  const one = client("4711");
  const therapist = answerer(1, ["4711"]);
  const before = one.newKnocking();
  before.start();
  const answer = therapist();
  answers(one, before, answer);
  before.receive(wrapEnvelope("handshake", answer.onM3(one.last("handshake")).m4));
  expect([one.said, one.proofs()]).toEqual([["open"], 1]);

  const forged = one.newKnocking();
  forged.start();
  answers(one, forged, answerer(9, sixteen)());
  expect([one.said, one.proofs()]).toEqual([["open", "unproven"], 1]);
  const after = one.newKnocking();
  after.start();
  answers(one, after, therapist());
  expect([one.said, one.proofs()]).toEqual([["open", "unproven"], 2]);
});

test("without a try left the press proves nothing", () => {
  const proof = new CodeProof({ by: "code", user: USER, code: normal("4711") }, tries(false));
  expect([proof.spend(), proof.isUsedUp()]).toEqual([false, false]);
});
