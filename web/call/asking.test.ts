/** What is asked before somebody comes in: real name (R3), safety card (A3), consent (R16), on the real signaling core. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { CONSENT_TEXT_MAX, TOLD_MAX, tidy } from "../../wire/asked.ts";
import type { PeerId } from "../../wire/ids.ts";
import { decodeSealed, encodeSealed, toClient, toTherapist } from "../../wire/sealed.ts";
import { FakeConnection } from "./fake-connection.testing.ts";
import {
  asked,
  begin,
  clock,
  end,
  type memory,
  mine,
  openClient,
  openDesk,
  openRoom,
  other,
  running,
  settle,
} from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

type Client = ReturnType<typeof openClient>;
const NOTHING = { name: false, card: false, consent: null };
const TEXT = { version: 2, text: "Ich willige ein.", must: true };
const CARD = { place: "Wien, Gasse 1", phone: "+43 1", contact: "Bo, +43 2" };

const askOf = ({ call }: Client) => {
  const { stage } = call.state.get();
  return stage.at === "asked" ? stage.ask : null;
};
const hostOf = (client: Client) => client.posted().find((message) => message.t === "relay")?.to as PeerId;
const visitor = ({ desk }: ReturnType<typeof openDesk>) => desk.state.get().visitors[0];

async function tell(client: Client, typed: Parameters<Client["call"]["answers"]["type"]>[0], yes?: boolean) {
  client.call.answers.type(typed);
  client.call.tell(yes ?? null);
  await settle();
}

/** A client of this page's memory comes again: its browser reloaded. */
async function again(store: ReturnType<typeof memory>): Promise<Client> {
  const client = openClient(store);
  await settle();
  client.join();
  await settle();
  return client;
}

describe("[R3] the real name", () => {
  test("nobody comes in without one; what was typed at the door is one, in a group it is not", async () => {
    asked.wanted = { ...NOTHING, name: true };
    expect((await running()).client.at()).toBe("in");
    begin();
    asked.wanted = { ...NOTHING, name: true };
    const desk = openDesk();
    const room = await openRoom(mine.rid, other.rid);
    desk.enter(room);
    const client = openClient();
    await settle();
    client.join();
    await settle();
    expect(askOf(client)).toMatchObject({ name: true, card: false, consent: null });
    expect(visitor(desk)).toMatchObject({ at: "waits", lacks: true });
    await tell(client, { name: "  " });
    expect([client.at(), visitor(desk)?.lacks]).toEqual(["waiting", true]);
    await tell(client, { name: "Mila \u202eMai" });
    // now it is told who else is in
    expect(client.at()).toBe("group");
    client.call.enterGroup();
    await settle();
    expect(client.at()).toBe("in");
    expect(visitor(desk)).toMatchObject({ at: "in", lacks: false, realName: "Mila Mai", label: "Maxi" });
  });

  test("the therapist's tap lets nobody in who has not answered, and counts once it has", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client } = await running(true);
    expect(visitor(desk)?.at).toBe("waits");
    desk.desk.admit(visitor(desk)?.peer ?? ("" as never));
    await settle();
    expect(client.at()).toBe("asked");
    await tell(client, CARD);
    expect(visitor(desk)).toMatchObject({ at: "asks", lacks: false, card: CARD });
    desk.desk.admit(visitor(desk)?.peer ?? ("" as never));
    await settle();
    expect(client.at()).toBe("in");
  });
});

describe("[R3] by hand", () => {
  /** A page that was loaded before there were questions: it leaves `ask` alone. */
  const old = ({ call }: Client) => {
    (call as unknown as { answers: { missing: () => never } }).answers.missing = () => {
      throw new Error("unknown message");
    };
  };

  test("the therapist lets in who cannot answer: shown plainly, and not asked again after a reload in this call", async () => {
    asked.wanted = { name: true, card: true, consent: TEXT };
    const { desk, client, store } = await running();
    expect([client.at(), visitor(desk)?.waived]).toEqual(["asked", false]);
    desk.desk.admitAnyway(visitor(desk)?.peer ?? ("" as never));
    await settle();
    expect(client.at()).toBe("in");
    expect(visitor(desk)).toMatchObject({ at: "in", lacks: false, waived: true, realName: null, card: null });
    expect(asked.consents).toEqual([]);
    client.gone();
    await settle();
    expect((await again(store)).at()).toBe("in");
    desk.desk.hangUp();
    await settle();
    expect(visitor(desk)).toBeUndefined();
  });

  test("a page of before the questions comes in by hand; nobody is let in so who lacks nothing", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const desk = openDesk();
    const room = await openRoom(mine.rid);
    desk.enter(room);
    const client = openClient();
    old(client);
    await settle();
    client.join();
    await settle();
    expect([client.at(), visitor(desk)?.at, visitor(desk)?.lacks]).toEqual(["proving", "waits", true]);
    desk.desk.admitAnyway(visitor(desk)?.peer ?? ("" as never));
    await settle();
    expect([client.at(), visitor(desk)?.at]).toEqual(["in", "in"]);
    begin();
    const second = await running(true);
    expect(visitor(second.desk)?.at).toBe("asks");
    second.desk.desk.admitAnyway(visitor(second.desk)?.peer ?? ("" as never));
    await settle();
    expect(visitor(second.desk)?.at).toBe("asks");
  });
});

describe("[AT3] the safety card", () => {
  test("is with the therapist before the call, answers a reload by itself, and is gone at the end on both sides", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client, room } = await running();
    expect(askOf(client)).toMatchObject({ card: true });
    await tell(client, CARD);
    expect([client.at(), visitor(desk)?.card]).toEqual(["in", CARD]);
    desk.gone();
    await settle();
    const reloaded = openDesk();
    await settle();
    reloaded.enter(room);
    await settle();
    expect([client.at(), visitor(reloaded)?.card]).toEqual(["in", CARD]);
    reloaded.desk.hangUp();
    await settle();
    expect(client.at()).toBe("ended");
    expect(client.call.answers.draft).toEqual({ name: "", place: "", phone: "", contact: "" });
    expect(JSON.stringify(reloaded.desk.state.get())).not.toContain("Wien");
  });

  test("who was in this call a moment ago is not asked again, whoever has reloaded", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client, store, room } = await running();
    await tell(client, CARD);
    client.gone();
    await settle();
    const second = await again(store);
    expect([second.at(), visitor(desk)?.at, visitor(desk)?.card]).toEqual(["in", "in", CARD]);
    desk.gone();
    second.gone();
    await settle();
    const reloaded = openDesk();
    await settle();
    reloaded.enter(room);
    const { described } = FakeConnection;
    const third = await again(store);
    expect(third.at()).toBe("in");
    expect(visitor(reloaded)).toMatchObject({ at: "in", card: null, lacks: false });
    // what it answers once it is in lets it in no second time: one offer, one answer
    expect(FakeConnection.described - described).toBe(2);
  });

  test("who was in and left is still known in this call: coming again it is asked nothing, and the card is there", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client, store } = await running();
    await tell(client, CARD);
    client.call.leave();
    await settle();
    client.gone();
    expect(desk.seen()).toEqual([]);
    expect([(await again(store)).at(), visitor(desk)?.card]).toEqual(["in", CARD]);
  });

  test("of who was never let in nothing stays: gone or refused, a new page is asked all of it again", async () => {
    asked.wanted = { ...NOTHING, card: true };
    for (const end of ["goes", "is refused"]) {
      begin();
      asked.wanted = { ...NOTHING, card: true };
      const { desk, client, store } = await running(true);
      await tell(client, CARD);
      expect(visitor(desk)).toMatchObject({ at: "asks", card: CARD });
      if (end === "goes") client.call.leave();
      else desk.desk.refuse(visitor(desk)?.peer ?? ("" as never));
      await settle();
      client.gone();
      expect(desk.seen()).toEqual([]);
      const second = await again(store);
      expect([end, askOf(second)?.card, visitor(desk)?.card]).toEqual([end, true, null]);
    }
  });

  test("who waits and is away for a moment is not troubled: its page answers by itself", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client } = await running(true);
    await tell(client, CARD);
    const [peer] = desk.desk.state.get().visitors.map((each) => each.peer);
    desk.desk.receive({ t: "peer", peer: peer ?? ("" as never), state: "gone" });
    expect(desk.seen()).toEqual([]);
    client.call.receive({ t: "peer", peer: hostOf(client), state: "gone" });
    await settle();
    expect([client.at(), visitor(desk)?.at, visitor(desk)?.card]).toEqual(["waiting", "asks", CARD]);
  });

  test("a card with an empty field is none, and what stands in the form stays over a lost line", async () => {
    asked.wanted = { ...NOTHING, card: true };
    const { desk, client } = await running();
    client.call.answers.type({ place: "Wien" });
    clock.pass(1_000);
    await tell(client, { ...CARD, phone: " " });
    expect([client.at(), visitor(desk)?.card]).toEqual(["waiting", null]);
  });
});

describe("[R16] consent", () => {
  test("nobody comes in without it; a yes is kept with its version, a no ends kindly and is known", async () => {
    asked.wanted = { ...NOTHING, consent: TEXT };
    const { desk, client, store } = await running();
    expect(askOf(client)?.consent).toEqual(TEXT);
    await tell(client, {}, false);
    expect(client.at()).toBe("declined");
    expect(asked.consents).toEqual([{ version: 2, accepted: false }]);
    expect(desk.seen()).toEqual([]);
    const second = await again(store);
    expect(askOf(second)?.consent?.version).toBe(2);
    await tell(second, {}, true);
    expect(second.at()).toBe("in");
    expect(asked.consents.at(-1)).toEqual({ version: 2, accepted: true });
  });

  test("where it is free, a no lets in and is not asked for twice", async () => {
    asked.wanted = { ...NOTHING, consent: { ...TEXT, must: false } };
    const { desk, client, store } = await running();
    await tell(client, {}, false);
    expect([client.at(), visitor(desk)?.lacks]).toEqual(["in", false]);
    client.gone();
    await settle();
    expect((await again(store)).at()).toBe("in");
    expect(asked.consents).toHaveLength(1);
    desk.desk.refuse(visitor(desk)?.peer ?? ("" as never));
    await settle();
    expect((await again(store)).at()).toBe("in");
    expect(asked.consents).toHaveLength(1);
  });
});

describe("[bad input] a hostile client", () => {
  test("what was never asked, another version and what is too long are not taken", async () => {
    asked.wanted = { ...NOTHING, consent: TEXT };
    const { desk, client } = await running();
    const { call } = client;
    const say = async (told: object) => {
      // past the page's own rules, straight into its channel
      (call.answers as unknown as { answer: () => unknown }).answer = () => told;
      call.tell(true);
      await settle();
    };
    await say({ name: "Fremd", card: CARD, consent: { version: 9, accepted: true } });
    await say({ name: "x".repeat(TOLD_MAX.name + 1), card: null, consent: { version: 2, accepted: true } });
    expect(asked.consents).toEqual([]);
    expect(visitor(desk)).toMatchObject({ at: "waits", lacks: true, realName: null, card: null });
    for (let times = 0; times < 20; times++)
      await say({ name: null, card: null, consent: { version: 2, accepted: false } });
    expect(asked.consents).toHaveLength(1);
  });

  test("an answer before anything was asked changes nothing", async () => {
    const { desk, client } = await running();
    asked.wanted = { ...NOTHING, card: true };
    client.call.answers.type(CARD);
    client.call.tell(null);
    await settle();
    expect(visitor(desk)).toMatchObject({ at: "in", card: null });
  });

  test("both messages are bounded", () => {
    const told = { t: "told" as const, name: null, card: null, consent: null };
    const long = { ...CARD, place: "x".repeat(TOLD_MAX.place + 1) };
    expect(decodeSealed(toTherapist, encodeSealed({ ...told, card: long }))).toBeUndefined();
    expect(decodeSealed(toTherapist, encodeSealed({ ...told, card: CARD }))).toEqual({ ...told, card: CARD });
    const ask = (text: string) => ({
      t: "ask" as const,
      ...NOTHING,
      again: false,
      consent: { ...TEXT, text },
    });
    expect(decodeSealed(toClient, encodeSealed(ask("€".repeat(CONSENT_TEXT_MAX + 1))))).toBeUndefined();
    expect(decodeSealed(toClient, encodeSealed(ask("€".repeat(CONSENT_TEXT_MAX))))).toBeDefined();
    expect(tidy(" a\u0000b\u202e c\n\nd ")).toBe("a b c d");
  });
});

test("who waits is asked, or asked no longer, when the practice wants something else", async () => {
  const { desk, client } = await running(true);
  expect(client.at()).toBe("waiting");
  asked.wanted = { ...NOTHING, card: true };
  desk.desk.reconsider();
  await settle();
  expect([client.at(), visitor(desk)?.lacks]).toEqual(["asked", true]);
  asked.wanted = NOTHING;
  desk.desk.reconsider();
  await settle();
  expect([client.at(), visitor(desk)?.at, visitor(desk)?.lacks]).toEqual(["waiting", "asks", false]);
});
