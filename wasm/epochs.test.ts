/** Who decides on a new epoch, who accepts it, and when a member stops sending (TP1 §2.6, A3, A5, A6). */
import { describe, expect, test } from "bun:test";
import { type Bytes, hex } from "../wire/bytes.ts";
import { HostBeat, MemberBeat } from "./beats.ts";
import { EpochHost, type EpochHostOptions } from "./epoch-host.ts";
import { EpochMember } from "./epoch-member.ts";
import { type Epoch, isRosterFor, type Member } from "./roster.ts";
import { randomBytes, ready } from "./sodium.ts";

await ready();

const NOW = 50_000;
const member = (slot: number, pid: Bytes = randomBytes(16)): Member => ({ slot, pid, name: `P${slot}` });

function newHost(options: Partial<EpochHostOptions> = {}) {
  return new EpochHost({ last: null, awaited: 0, name: "T", now: NOW, ...options });
}

describe("[A5] the host", () => {
  test("makes nothing while nobody is there", () => {
    const host = newHost();
    expect([host.due, host.tick(NOW + 1e9)]).toEqual([null, null]);
  });
  test("gives all who join inside 250 ms one epoch", () => {
    const host = newHost();
    host.join(member(1), NOW);
    host.join(member(2), NOW + 249);
    expect(host.tick(NOW + 249)).toBeNull();
    const epoch = host.tick(NOW + 250);
    expect(epoch?.roster.map(({ slot }) => slot)).toEqual([0, 1, 2]);
    expect(epoch?.roster[0]?.pid).toEqual(host.pid);
    expect(host.tick(NOW + 251)).toBeNull();
  });
  test("gives the rest a new one at once when somebody leaves, with those who are just coming", () => {
    const host = newHost();
    for (const slot of [1, 2]) host.join(member(slot), NOW);
    const first = host.tick(NOW + 250);
    host.join(member(3), NOW + 300);
    host.leave(1, NOW + 301);
    const second = host.tick(NOW + 301);
    expect(second?.roster.map(({ slot }) => slot)).toEqual([0, 2, 3]);
    expect(second?.rv).toBe((first?.rv ?? 0) + 1);
    expect(hex(second?.secret ?? randomBytes(32))).not.toBe(hex(first?.secret ?? randomBytes(32)));
    host.leave(9, NOW + 400);
    expect(host.tick(NOW + 9_000)).toBeNull();
  });
  test("keeps nothing from the last one who left: its own picture gets a new key too", () => {
    const host = newHost();
    host.join(member(1), NOW);
    host.tick(NOW + 250);
    host.leave(1, NOW + 500);
    expect(host.tick(NOW + 500)?.roster.map(({ slot }) => slot)).toEqual([0]);
  });
  test("makes a new one every ten minutes", () => {
    const host = newHost();
    host.join(member(1), NOW);
    host.tick(NOW + 250);
    expect(host.tick(NOW + 250 + 599_999)).toBeNull();
    expect(host.tick(NOW + 250 + 600_000)).not.toBeNull();
  });
  test("after a reload waits for all who were in, and then sends one epoch", () => {
    const host = newHost({ awaited: 2 });
    host.join(member(1), NOW + 100);
    expect(host.tick(NOW + 1_499)).toBeNull();
    host.join(member(2), NOW + 700);
    expect(host.tick(NOW + 700)?.roster).toHaveLength(3);
  });
  test("waits at most 1.5 s; who comes later joins as usual", () => {
    const host = newHost({ awaited: 8 });
    host.join(member(1), NOW + 100);
    host.leave(1, NOW + 200);
    host.join(member(1), NOW + 300);
    expect(host.tick(NOW + 1_499)).toBeNull();
    expect(host.tick(NOW + 1_500)).not.toBeNull();
    host.join(member(2), NOW + 2_000);
    expect(host.tick(NOW + 2_249)).toBeNull();
    expect(host.tick(NOW + 2_250)?.roster).toHaveLength(3);
  });
  test("goes on from the last rv it kept, else from a random byte; csid and own pid are new each time", () => {
    const first = (host: EpochHost) => {
      host.join(member(1), NOW);
      return host.tick(NOW + 250)?.rv;
    };
    expect(first(newHost({ last: 8 }))).toBe(9);
    const hosts = Array.from({ length: 40 }, () => newHost());
    expect(new Set(hosts.map(first)).size).toBeGreaterThan(20);
    expect(new Set(hosts.map(({ csid }) => hex(csid))).size).toBe(40);
    expect(new Set(hosts.map(({ pid }) => hex(pid))).size).toBe(40);
  });
  test("a new handshake takes its slot over; the host's slot and a pid in two slots are refused", () => {
    const host = newHost();
    const anna = member(1);
    host.join(anna, NOW);
    const again = member(1);
    host.join(again, NOW + 10);
    expect(() => host.join({ ...again, slot: 2 }, NOW)).toThrow(RangeError);
    expect(() => host.join(member(0), NOW)).toThrow(RangeError);
    expect(host.tick(NOW + 250)?.roster.map(({ pid }) => pid)).toEqual([host.pid, again.pid]);
  });
});

/** A host page's epochs for one member in slot 1. */
function page(csid: Bytes = randomBytes(16)) {
  const host = { slot: 0, pid: randomBytes(16), name: "T" };
  return (rv: number, pid: Bytes, more: readonly Member[] = []): Epoch => ({
    csid,
    rv,
    secret: randomBytes(32),
    roster: [host, member(1, pid), ...more],
  });
}

describe("[A5] a member", () => {
  const admitted = () => {
    const anna = new EpochMember();
    const pid = randomBytes(16);
    return { anna, pid, handshake: anna.admitted({ pid, slot: 1 }), epochOf: page() };
  };
  test("accepts only newer epochs of one host page, and wipes E in any case", () => {
    const { anna, pid, handshake, epochOf } = admitted();
    const [five, four, again, six] = [5, 4, 5, 6].map((rv) => epochOf(rv, pid)) as [
      Epoch,
      Epoch,
      Epoch,
      Epoch,
    ];
    expect(anna.accept(five, handshake)).toMatchObject({ rv: 5, own: { slot: 1 } });
    expect([anna.accept(four, handshake), anna.accept(again, handshake)]).toEqual(["old", "old"]);
    expect(anna.accept(six, handshake)).toMatchObject({ rv: 6 });
    for (const { secret } of [five, four, again, six]) expect(secret).toEqual(new Uint8Array(32));
  });
  test("takes the therapist's new page only over a newer handshake, also where its rv is lower", () => {
    const { anna, pid, handshake, epochOf } = admitted();
    anna.accept(epochOf(8, pid), handshake);
    const reloaded = page();
    expect(anna.accept(reloaded(9, pid), handshake)).toBe("csid");
    const fresh = { pid: randomBytes(16), slot: 1 };
    const newer = anna.admitted(fresh);
    expect(anna.accept(reloaded(3, fresh.pid), newer)).toMatchObject({ rv: 3 });
  });
  test("never goes back to a page that is closed, whatever handshake brings it", () => {
    const { anna, pid, handshake, epochOf } = admitted();
    anna.accept(epochOf(8, pid), handshake);
    const second = anna.admitted({ pid, slot: 1 });
    anna.accept(page()(9, pid), second);
    const third = anna.admitted({ pid, slot: 1 });
    expect(anna.accept(epochOf(10, pid), third)).toBe("csid");
  });
  test("goes on in the same host page after a new handshake of its own, and hears the old channel no more", () => {
    const { anna, pid, handshake, epochOf } = admitted();
    anna.accept(epochOf(8, pid), handshake);
    const fresh = { pid: randomBytes(16), slot: 1 };
    const newer = anna.admitted(fresh);
    expect(anna.accept(epochOf(9, pid), handshake)).toBe("channel");
    expect(anna.accept(epochOf(9, fresh.pid), newer)).toMatchObject({ rv: 9 });
  });
  test("accepts nothing before it is admitted", () => {
    expect(new EpochMember().accept(page()(1, randomBytes(16)), 0)).toBe("channel");
  });
  test("[A6] refuses rosters with double pids or slots, without itself, without a host, or with itself elsewhere", () => {
    const pid = randomBytes(16);
    const own = { pid, slot: 1 };
    const [host, us, other] = [member(0), member(1, pid), member(2)];
    expect(isRosterFor([host, us, other], own)).toBe(true);
    const bad = [
      [host, us, member(2, pid)],
      [host, us, { ...other, pid: host.pid }],
      [host, us, member(1)],
      [host, other],
      [us, other],
      [host, { ...us, slot: 3 }],
      [host, us, member(16)],
      [host, us, member(1.5)],
      [],
    ];
    for (const roster of bad) expect(isRosterFor(roster, own)).toBe(false);
    const { anna, handshake, epochOf, pid: hers } = admitted();
    expect(anna.accept(epochOf(1, hers, [member(2, hers)]), handshake)).toBe("roster");
    expect(anna.accept(epochOf(1, hers), handshake)).toMatchObject({ rv: 1 });
  });
});

describe("[A3] beats with echo", () => {
  test("a member sends while a beat of the last 15 s was echoed, and not a millisecond longer", () => {
    const beat = new MemberBeat(0);
    const n = beat.next(3_000);
    expect([beat.maySend(15_000), beat.maySend(15_001)]).toEqual([true, false]);
    beat.echo(n);
    expect([beat.maySend(18_000), beat.maySend(18_001)]).toEqual([true, false]);
  });
  test("a server that delivers echoes ever later silences it: what counts is when the beat was sent", () => {
    const beat = new MemberBeat(0);
    const beats = Array.from({ length: 10 }, (_, i) => beat.next(i * 3_000));
    beat.echo(beats[2] ?? 0);
    expect([beat.maySend(21_000), beat.maySend(21_001)]).toEqual([true, false]);
  });
  test("an echo of a beat that was never sent, or again, changes nothing", () => {
    const beat = new MemberBeat(0);
    const n = beat.next(1_000);
    beat.echo(n + 1);
    expect(beat.maySend(15_001)).toBe(false);
    beat.echo(n);
    beat.next(10_000);
    beat.echo(n);
    expect(beat.maySend(16_001)).toBe(false);
  });
  test("nor does the echo of a beat so old that it is forgotten", () => {
    const beat = new MemberBeat(0);
    const first = beat.next(0);
    for (let at = 1; at <= 20; at++) beat.next(at * 1_000);
    beat.echo(first);
    expect(beat.maySend(15_001)).toBe(false);
  });
  test("no epoch for eleven minutes silences it too", () => {
    const beat = new MemberBeat(0);
    const echoAt = (now: number) => beat.echo(beat.next(now));
    echoAt(660_000);
    expect([beat.maySend(660_000), beat.maySend(660_001)]).toEqual([true, false]);
    beat.epoch(660_001);
    expect(beat.maySend(660_001)).toBe(true);
  });
  test("the host echoes the highest n, drops after 20 s of silence", () => {
    const beat = new HostBeat(0);
    expect([beat.heard(2, 100), beat.heard(1, 200)]).toEqual([2, 2]);
    expect([beat.state(20_200), beat.state(20_201)]).toEqual(["well", "silent"]);
  });
  test("an epoch that is not acked for 15 s ends the channel; a later ack is one for all before", () => {
    const beat = new HostBeat(0);
    beat.sent(4, 0);
    beat.sent(5, 1_000);
    expect([beat.state(15_000), beat.state(15_001)]).toEqual(["well", "deaf"]);
    beat.acked(3);
    expect(beat.state(15_001)).toBe("deaf");
    beat.acked(5);
    expect(beat.state(15_001)).toBe("well");
  });
});
