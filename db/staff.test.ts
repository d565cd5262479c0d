/** The contract of practice staff, held against both ways to open the store: an invitation is good once and for a week, roles never mix,
 * and nothing stays shared when the link or the access is gone. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type InvitationId, newId, type PracticeId, type Rid } from "../wire/ids.ts";
import { INVITATION_MS, STAFF_MAX } from "../wire/staff.ts";
import type { Store } from "./store.ts";
import {
  FREE,
  noise,
  sampleNameHash,
  samplePractice,
  sampleSession,
  storeLinks,
  storePractice,
} from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

describe.each(ways())("staff contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const NOW = 1_800_000_000_000;

  async function practiceWith(links = 0): Promise<{ id: PracticeId; user: string; rids: Rid[] }> {
    const { practice } = await storePractice(store);
    return { ...practice, rids: await storeLinks(store, practice.id, links) };
  }

  async function invite(practice: PracticeId, now = NOW) {
    const invitation = { id: newId<InvitationId>(), tokenHash: noise(32) };
    if (!(await store.invitations.add(practice, invitation, now))) throw new Error("too many");
    return invitation;
  }

  async function employ(practice: PracticeId) {
    const { id: invitation, tokenHash } = await invite(practice);
    const account = await practiceWith();
    const answer = await store.invitations.accept(account.id, tokenHash, NOW);
    if (answer.kind !== "open") throw new Error(answer.kind);
    return { ...account, invitation };
  }

  function register(tokenHash: Uint8Array<ArrayBuffer>, user?: string) {
    const account = { ...samplePractice(user), createdAt: NOW };
    const answer = store.invitations.register(
      account,
      sampleNameHash(account.user),
      sampleSession(account.id),
      tokenHash,
    );
    return { account, answer };
  }

  test("an account that registers by an invitation is staff from its first moment, and no client's code leads to it", async () => {
    const practice = await practiceWith();
    const { id: invitation, tokenHash } = await invite(practice.id);
    expect(await store.invitations.look(tokenHash, NOW)).toEqual({ kind: "open", user: practice.user });
    const { account, answer } = register(tokenHash);
    expect(await answer).toEqual({ kind: "open", user: practice.user });
    expect(await store.staff.employment(account.id)).toEqual({ practice: practice.id, invitation });
    expect(await store.staff.employment(practice.id)).toBeNull();
    expect((await store.practices.byUser(account.user))?.id).toBe(account.id);
    expect(await store.practices.practiceOfUser(account.user)).toBeNull();
    expect(await store.practices.practiceOfUser(practice.user as never)).toBe(practice.id);
    const { people, invitations } = await store.staff.team(practice.id, NOW);
    expect(people).toEqual([{ invitation, user: account.user, since: NOW, shared: [] }]);
    expect(invitations).toEqual([]);
  });

  test("an invitation is good once: the second account is not made, nor is its name taken", async () => {
    const { tokenHash } = await invite((await practiceWith()).id);
    await register(tokenHash).answer;
    const { account, answer } = register(tokenHash);
    expect(await answer).toEqual({ kind: "used" });
    expect(await store.practices.byId(account.id)).toBeNull();
    const again = await invite((await practiceWith()).id);
    expect((await register(again.tokenHash, account.user).answer).kind).toBe("open");
  });

  test("a taken name makes nothing and uses nothing up", async () => {
    const practice = await practiceWith();
    const { tokenHash } = await invite(practice.id);
    expect(await register(tokenHash, practice.user).answer).toEqual({ kind: "name-taken" });
    expect((await store.invitations.look(tokenHash, NOW)).kind).toBe("open");
  });

  test("an invitation is good for a week to the millisecond; one nobody made is unknown", async () => {
    const { tokenHash } = await invite((await practiceWith()).id);
    expect((await store.invitations.look(tokenHash, NOW + INVITATION_MS - 1)).kind).toBe("open");
    expect(await store.invitations.look(tokenHash, NOW + INVITATION_MS)).toEqual({ kind: "over" });
    const account = await practiceWith();
    const late = await store.invitations.accept(account.id, tokenHash, NOW + INVITATION_MS);
    expect(late).toEqual({ kind: "over" });
    expect(await store.invitations.look(noise(32), NOW)).toEqual({ kind: "unknown" });
    await store.retention.clear({ wall: NOW + INVITATION_MS - 1, day: 0, session: 0 });
    expect((await store.invitations.look(tokenHash, NOW)).kind).toBe("open");
    await store.retention.clear({ wall: NOW + INVITATION_MS, day: 0, session: 0 });
    expect((await store.invitations.look(tokenHash, NOW)).kind).toBe("unknown");
  });

  test("[roles] an account with links, rooms, staff or invitations of its own does not become staff, nor anybody their own", async () => {
    const practice = await practiceWith();
    const { tokenHash } = await invite(practice.id);
    const withLink = await practiceWith(1);
    const withRoom = await practiceWith(1);
    await store.rooms.openRoom(withRoom.id, [withRoom.rids], NOW);
    const { counter } = await store.vaults.of(withRoom.id);
    const gone = { base: counter, manifest: noise(40), put: [], drop: [] };
    await store.vaults.apply(withRoom.id, { ...gone, links: { add: [], drop: withRoom.rids } }, NOW);
    const withStaff = await practiceWith();
    await employ(withStaff.id);
    const withInvitation = await practiceWith();
    await invite(withInvitation.id);
    for (const { id } of [withLink, withRoom, withStaff, withInvitation, practice])
      expect(await store.invitations.accept(id, tokenHash, NOW)).toEqual({ kind: "not-empty" });
    expect((await store.invitations.look(tokenHash, NOW)).kind).toBe("open");
  });

  test("whoever works for a practice works for one; after that for the next", async () => {
    const first = await practiceWith();
    const person = await employ(first.id);
    const { id: invitation, tokenHash } = await invite((await practiceWith()).id);
    expect(await store.invitations.accept(person.id, tokenHash, NOW)).toEqual({ kind: "employed" });
    await store.staff.end(first.id, person.invitation);
    expect((await store.invitations.accept(person.id, tokenHash, NOW)).kind).toBe("open");
    expect((await store.staff.employment(person.id))?.invitation).toBe(invitation);
  });

  test("shared links are put, replaced and taken back, for one person alone", async () => {
    const practice = await practiceWith(2);
    const [a, b] = practice.rids as [Rid, Rid];
    const [one, other] = [await employ(practice.id), await employ(practice.id)];
    const [box, newer] = [noise(296), noise(296)];
    const change = (put: [Rid, typeof box][], drop: Rid[] = []) =>
      store.shared.change(practice.id, one.invitation, {
        put: put.map(([rid, box]) => ({ rid, box })),
        drop,
      });
    expect(
      await change([
        [a, box],
        [b, box],
      ]),
    ).toBe("shared");
    expect(await change([[a, newer]], [b])).toBe("shared");
    expect(await store.shared.with(one.id)).toEqual([{ rid: a, box: newer }]);
    expect(await store.shared.with(other.id)).toEqual([]);
    const { people } = await store.staff.team(practice.id, NOW);
    expect(people.find(({ user }) => user === one.user)?.shared).toEqual([{ rid: a, box: newer }]);
  });

  test("a foreign link, or somebody else's staff, shares nothing at all", async () => {
    const [practice, other] = [await practiceWith(1), await practiceWith(1)];
    const person = await employ(practice.id);
    const put = [...practice.rids, ...other.rids].map((rid) => ({ rid, box: noise(296) }));
    expect(await store.shared.change(practice.id, person.invitation, { put, drop: [] })).toBe("unknown-link");
    const theirs = put.slice(1);
    expect(await store.shared.change(other.id, person.invitation, { put: theirs, drop: [] })).toBe(
      "unknown-person",
    );
    expect(await store.shared.with(person.id)).toEqual([]);
  });

  test("a box goes with its link", async () => {
    const practice = await practiceWith(2);
    const person = await employ(practice.id);
    const put = practice.rids.map((rid) => ({ rid, box: noise(296) }));
    await store.shared.change(practice.id, person.invitation, { put, drop: [] });
    const { counter } = await store.vaults.of(practice.id);
    const links = { add: [], drop: practice.rids.slice(0, 1) };
    await store.vaults.apply(
      practice.id,
      { base: counter, manifest: noise(40), put: [], drop: [], links },
      NOW,
    );
    expect((await store.shared.with(person.id)).map(({ rid }) => rid)).toEqual(practice.rids.slice(1));
  });

  test("access taken away: nothing is shared, the account stays staff of nobody, and only its practice can do it", async () => {
    const [practice, other] = [await practiceWith(1), await practiceWith()];
    const person = await employ(practice.id);
    const put = practice.rids.map((rid) => ({ rid, box: noise(296) }));
    await store.shared.change(practice.id, person.invitation, { put, drop: [] });
    expect(await store.staff.end(other.id, person.invitation)).toBe(false);
    expect((await store.shared.with(person.id)).length).toBe(1);
    expect(await store.staff.end(practice.id, person.invitation)).toBe(true);
    expect(await store.staff.end(practice.id, person.invitation)).toBe(false);
    expect(await store.shared.with(person.id)).toEqual([]);
    expect((await store.staff.employment(person.id))?.practice).toBeNull();
    expect((await store.staff.team(practice.id, NOW)).people).toEqual([]);
    const put2 = store.shared.change(practice.id, person.invitation, { put, drop: [] });
    expect(await put2).toBe("unknown-person");
  });

  test("an invitation that was taken back is good for nothing", async () => {
    const practice = await practiceWith();
    const { id, tokenHash } = await invite(practice.id);
    const { invitations } = await store.staff.team(practice.id, NOW);
    expect(invitations).toEqual([{ invitation: id, createdAt: NOW }]);
    expect((await store.staff.team(practice.id, NOW + INVITATION_MS)).invitations).toEqual([]);
    expect(await store.staff.end(practice.id, id)).toBe(true);
    expect(await register(tokenHash).answer).toEqual({ kind: "unknown" });
  });

  test("a practice that deletes its account leaves staff that is nobody's; a person that does leaves nothing", async () => {
    const [practice, other] = [await practiceWith(1), await practiceWith(1)];
    const [left, leaver] = [await employ(practice.id), await employ(other.id)];
    const put = practice.rids.map((rid) => ({ rid, box: noise(296) }));
    await store.shared.change(practice.id, left.invitation, { put, drop: [] });
    await store.practices.remove(practice.id, FREE, NOW);
    expect((await store.staff.employment(left.id))?.practice).toBeNull();
    expect(await store.shared.with(left.id)).toEqual([]);
    await store.practices.remove(leaver.id, FREE, NOW);
    expect(await store.staff.employment(leaver.id)).toBeNull();
    expect((await store.staff.team(other.id, NOW)).people).toEqual([]);
  });

  test("[limits] so many people and open invitations, and no more; what is over or taken back makes room", async () => {
    const { id } = await practiceWith();
    await employ(id);
    const first = await invite(id, NOW - INVITATION_MS + 1);
    for (let n = 2; n < STAFF_MAX; n++) await invite(id);
    const one = () => ({ id: newId<InvitationId>(), tokenHash: noise(32) });
    expect(await store.invitations.add(id, one(), NOW)).toBe(false);
    await store.staff.end(id, first.id);
    expect(await store.invitations.add(id, one(), NOW)).toBe(true);
    expect(await store.invitations.add(id, one(), NOW)).toBe(false);
    expect(await store.invitations.add(id, one(), NOW + INVITATION_MS)).toBe(true);
  });
});
