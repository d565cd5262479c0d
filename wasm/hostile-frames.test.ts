/** What a forwarding server may try with frames (TP1 §3.3): relabel them, bring old ones, flood. Counted, not timed: a bad frame
 * costs at most one AEAD. */
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Bytes, concat, utf8 } from "../wire/bytes.ts";
import { FRAME_MAX_BYTES, type FrameHeader, readHeader, STREAM, writeHeader } from "../wire/frame.ts";
import { dice, randomJunk } from "../wire/junk.testing.ts";
import { Opener } from "./opener.ts";
import { type Epoch, keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { randomBytes, ready, sodium } from "./sodium.ts";
import { flipped } from "./tamper.ts";

await ready();
// Seconds on a busy machine.
setDefaultTimeout(60_000);

const AEAD = "_crypto_aead_xchacha20poly1305_ietf_decrypt";
const raw = sodium.libsodium as unknown as Record<typeof AEAD, (...given: unknown[]) => number>;
const real = raw[AEAD];
/** How often the one AEAD was asked to open something, by whatever wrapper. */
let opens = 0;
beforeEach(() => {
  opens = 0;
  raw[AEAD] = (...given) => {
    opens += 1;
    return real(...given);
  };
});
afterEach(() => {
  raw[AEAD] = real;
});

/** A host that listens, and two who talk. */
function three() {
  const csid = randomBytes(16);
  const pids = [randomBytes(16), randomBytes(16), randomBytes(16)] as const;
  const roster = pids.map((pid, slot) => ({ pid, slot, name: "" }));
  const epoch = (rv: number, members = roster): Epoch => ({
    csid,
    rv,
    secret: randomBytes(32),
    roster: members,
  });
  const [anna, bert] = [1, 2].map((slot) => new Sealer({ pid: pids[slot] as Bytes, slot })) as [
    Sealer,
    Sealer,
  ];
  const opener = new Opener();
  const install = (next: Epoch, now = 0) => {
    const copy = () => ({ ...next, secret: next.secret.slice() });
    for (const [slot, sealer] of [
      [1, anna],
      [2, bert],
    ] as const) {
      if (next.roster.some((member) => member.slot === slot)) sealer.use(keysOfEpoch(copy(), pids[slot]));
    }
    return opener.install(keysOfEpoch(copy(), pids[0]), now);
  };
  return { csid, pids, roster, epoch, anna, bert, opener, install };
}

describe("[TP1 3.3] a frame under another label", () => {
  const given = three();
  given.install(given.epoch(1));
  given.install(given.epoch(2));
  const whole = given.anna.seal(STREAM.camera0, utf8("face"), { key: true, temporal: 1 });
  const header = readHeader(whole) as FrameHeader;
  const labels: Readonly<Record<string, Partial<FrameHeader>>> = {
    "another person's slot": { slot: 2 },
    "the listener's own slot": { slot: 0 },
    "nobody's slot": { slot: 9 },
    "another layer's stream": { stream: STREAM.camera1 },
    "the stream of chat": { stream: STREAM.data, kind: "data" },
    "another kind": { kind: "audio" },
    "no key frame": { key: false },
    "may be dropped": { discardable: true },
    "another layer in time": { temporal: 0 },
    "another layer in space": { spatial: 2 },
    "the epoch before, which is still open": { rv: 1 },
    "an epoch to come": { rv: 3 },
    "another counter": { ctr: header.ctr + 1 },
    "a counter far ahead": { ctr: 2 ** 31 - 1 },
  };
  test.each(Object.entries(labels))("does not play: %s", (_, label) => {
    const told = concat(writeHeader({ ...header, ...label }), whole.subarray(8));
    expect(given.opener.open(told, 0)).toBeString();
  });
  test("and nothing of that keeps the true one from playing, once", () => {
    expect(given.opener.open(whole, 0)).toMatchObject({ plain: utf8("face"), pid: given.pids[1] });
    expect(given.opener.open(whole, 0)).toBe("replay");
  });
});

describe("[TP1 3.3] whoever has left", () => {
  const left = () => {
    const given = three();
    given.install(given.epoch(1));
    const said = ["a", "b"].map((text) => given.anna.seal(STREAM.data, utf8(text))) as [Bytes, Bytes];
    const seen = given.anna.seal(STREAM.camera0, utf8("last"));
    given.opener.open(said[0], 0);
    given.install(
      given.epoch(
        2,
        given.roster.filter(({ slot }) => slot !== 1),
      ),
      100,
    );
    return { ...given, said, seen };
  };
  test("is heard to the end of what was on its way, each frame once", () => {
    const { opener, said, seen } = left();
    expect(opener.open(said[1], 200)).toMatchObject({ plain: utf8("b") });
    expect(opener.open(seen, 200)).toMatchObject({ plain: utf8("last") });
    for (const again of [...said, seen]) expect(opener.open(again, 300)).toBe("replay");
  });
  test("opens nothing of what is sealed after its leave, with all that it ever had", () => {
    const given = three();
    const old = given.epoch(1);
    const spy = new Opener();
    spy.install(keysOfEpoch({ ...old, secret: old.secret.slice() }, given.pids[1]), 0);
    given.install(old);
    const before = given.bert.seal(STREAM.microphone, utf8("before"));
    given.install(
      given.epoch(
        257,
        given.roster.filter(({ slot }) => slot !== 1),
      ),
    );
    const after = given.bert.seal(STREAM.microphone, utf8("after"));
    expect(spy.open(before, 0)).toMatchObject({ plain: utf8("before") });
    // the same byte of rv: it is tried under the old key, and does not open
    expect(spy.open(after, 0)).toBe("seal");
  });
});

/** From a frame that was played and one that is still to come: the n-th bad one. */
type Make = (good: Bytes, n: number, next: Bytes) => Uint8Array;
/** How many AEADs each kind of bad frame costs, and how it is made. */
const FLOOD = 100_000;
const floods: Readonly<Record<string, [number, Make]>> = {
  "with a forged tag": [1, (_, n, next) => flipped(next, (8 + (n % 16)) * 8)],
  "with counters ever farther ahead": [
    1,
    (good, n) => concat(good.subarray(0, 4), u32(10_000 + n), good.subarray(8)),
  ],
  "seen before": [0, (good) => good],
  "far behind the window": [0, (good) => concat(good.subarray(0, 4), u32(3), good.subarray(8))],
  "of nobody in the roster": [
    0,
    (good) => concat(good.subarray(0, 1), new Uint8Array([0x90]), good.subarray(2)),
  ],
  "of an epoch that nobody knows": [
    0,
    (good, n) => concat(good.subarray(0, 2), new Uint8Array([9 + (n % 200)]), good.subarray(3)),
  ],
  "with a reserved bit": [0, (good) => flipped(good, 0)],
  "cut short": [0, (good, n) => good.subarray(0, n % 24)],
  "of ten mebibytes": [0, () => HUGE],
};
const HUGE = new Uint8Array(10 * FRAME_MAX_BYTES).fill(0x40);
const u32 = (n: number) => new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);

describe("[bad input] a hundred thousand bad frames in a second", () => {
  test.each(Object.entries(floods))(
    "%s: no crash, at most one AEAD each, and the next good one plays",
    (_, [cost, make]) => {
      const { opener, anna, install, epoch } = three();
      install(epoch(1));
      const frames = Array.from({ length: 2_000 }, () => anna.seal(STREAM.microphone, utf8("sound")));
      const last = frames.at(-1) as Bytes;
      const next = anna.seal(STREAM.microphone, utf8("next"));
      expect(opener.open(last, 0)).toBeObject();
      opens = 0;
      let refused = 0;
      for (let n = 0; n < FLOOD; n++)
        if (typeof opener.open(make(last, n, next), n / 100) === "string") refused += 1;
      expect([refused, opens]).toEqual([FLOOD, cost * FLOOD]);
      expect(opener.open(next, 1_000)).toMatchObject({ plain: utf8("next") });
    },
  );
  test("of every sort at once, from a seed", () => {
    const { opener, anna, install, epoch } = three();
    install(epoch(1));
    const good = anna.seal(STREAM.microphone, utf8("sound"));
    const roll = dice(7);
    for (let n = 0; n < FLOOD; n++) {
      const bad = concat(good.subarray(0, roll(9)), randomJunk(roll, 12 + roll(30)));
      expect(typeof opener.open(bad, n / 100)).toBe("string");
    }
    expect(opens).toBeLessThanOrEqual(FLOOD);
    expect(opener.open(good, 1_000)).toBeObject();
  });
  test("kept for an epoch that comes: each is opened once then, and no more of them than fit", () => {
    const { opener, anna, install, epoch } = three();
    install(epoch(1));
    const good = anna.seal(STREAM.microphone, utf8("sound"));
    const early = concat(good.subarray(0, 2), new Uint8Array([2]), good.subarray(3));
    for (let n = 0; n < FLOOD; n++) opener.open(early, 0);
    expect(opens).toBe(0);
    expect(install(epoch(2))).toEqual([]);
    // two mebibytes, and each costs its bytes and 256 more
    expect(opens).toBe(Math.floor((2 * 1024 * 1024) / (early.length + 256)));
  });
});
