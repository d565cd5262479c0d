/** What a session begins with. */
import { Estimator } from "../../wire/estimate.ts";
import { Bucket } from "../signaling/limits.ts";
import type { Down, Link, Place, Session, Up } from "./call.ts";
import type { LinkId, LinkKind } from "./events.ts";
import { BYTES, CONTROLS, DOWN_START_KBPS, FLOODS, FRAMES, RISE_MS, WRONGS } from "./limits.ts";

type Given = { readonly id: LinkId; readonly kind: LinkKind; readonly way: "up" | "down" };

/** A session of this place that begins now. */
export function newLink({ call, slot }: Place, { id, kind, way }: Given, now: number): Link {
  const times = { isOver: false, heardAt: now, reviewedAt: now };
  const session: Session = { id, kind, call, slot, ...meters(now), ...times };
  return way === "up" ? newUp(session, now) : newDown(session, now);
}

function meters(now: number) {
  return {
    controls: new Bucket(CONTROLS, now),
    wrongs: new Bucket(WRONGS, now),
    floods: new Bucket(FLOODS, now),
  };
}

function newUp(base: Session, now: number): Up {
  const zeros = () => new Array<number>(16).fill(0);
  return {
    ...base,
    way: "up",
    frames: new Bucket(FRAMES, now),
    bytes: new Bucket(BYTES, now),
    tracks: [],
    wants: zeros(),
    offAt: zeros(),
    onAt: zeros(),
    wantedAt: -Infinity,
    deadUntil: zeros(),
    keyAt: new Array<number>(16).fill(-Infinity),
    keyDue: new Array<boolean>(16).fill(false),
    ackAt: now,
    acksLeft: 0,
    weak: false,
  };
}

function newDown(base: Session, now: number): Down {
  return {
    ...base,
    way: "down",
    estimate: new Estimator(DOWN_START_KBPS, now),
    held: 0,
    groups: 0,
    subs: [],
    order: [],
    sound: [],
    soundBytes: 0,
    last: [],
    before: [],
    data: [],
    dataOf: new Array<number>(16).fill(0),
    pictureBytes: 0,
    estimates: [],
    reviews: 0,
    choiceAt: -Infinity,
    choiceStale: false,
    given: 0,
    riseMs: RISE_MS.first,
    starvedAt: Infinity,
    saidWeak: "0",
    saidAt: -Infinity,
  };
}
