/** By user name and code, against the real signaling core [TP1 2.3, A4]: who gets in, what a wrong code does, and that nothing
 * is guessed twice by itself. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { CodeAnswer } from "../../wasm/code-answer.ts";
import { formatLink, linkKeys } from "../../wasm/link.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type LogoId, newId, type PeerId } from "../../wire/ids.ts";
import type { ToBrowser } from "../../wire/signal.ts";
import { BY_CODE } from "./budget.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { CODE_PATIENCE_MS } from "./knocking.ts";
import {
  begin,
  CODES,
  clock,
  end,
  form,
  identity,
  memory,
  mine,
  OTHER_RECORD,
  openByCode,
  openClient,
  openDesk,
  openRoom,
  other,
  RECORD,
  settle,
  shown,
  USER,
} from "./testing/practice.ts";

beforeEach(begin);
afterAll(end);

type Visit = ReturnType<typeof openByCode>;

async function press(visit: Visit): Promise<Visit> {
  await settle();
  visit.join();
  await settle();
  return visit;
}

async function inRoom() {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  desk.enter(room);
  await settle();
  return { desk, room };
}

async function admitted(store = memory()) {
  const { desk, room } = await inRoom();
  const client = await press(openByCode("k-1", store));
  const asks = desk.desk.state.get().visitors.find((visitor) => visitor.at === "asks");
  if (asks) desk.desk.admit(asks.peer);
  await settle();
  return { desk, room, client, store };
}

test("[A4] by code and early, while another room is open: waits, and is told sealed when its call is planned", async () => {
  await inRoom();
  form.planned.set(OTHER_RECORD, 5_000_000);
  form.planned.set(RECORD, 6_000_000);
  const early = await press(openByCode(CODES.other));
  expect(early.at()).toBe("waiting");
  expect(early.call.state.get().planned).toBe(5_000_000);
  // the server, which cannot know whose code it was, takes nothing back
  early.call.receive({ t: "door", state: "open", host: null, planned: null });
  expect(early.call.state.get().planned).toBe(5_000_000);
  expect(form.failures).toBe(0);
});

test("[A4] whose room is open is told no planned time", async () => {
  await inRoom();
  form.planned.set(RECORD, 6_000_000);
  const client = await press(openByCode("k-1"));
  expect(client.call.state.get().planned).toBeNull();
});

describe("the right code", () => {
  test("on a new device one tap lets in; the desk sees whose code it was", async () => {
    const { desk } = await inRoom();
    const client = await press(openByCode(" k 1 "));
    expect(client.at()).toBe("waiting");
    expect(desk.desk.state.get().visitors).toMatchObject([{ name: "K-1", by: "code", at: "asks" }]);
    desk.desk.admit(desk.desk.state.get().visitors[0]?.peer as never);
    await settle();
    expect([client.at(), form.successes, form.failures]).toEqual(["in", 1, 0]);
  });

  test("on a known device it enters by itself", async () => {
    const { client, store, desk } = await admitted();
    client.call.leave();
    await settle();
    const again = await press(openByCode("K-1", store));
    expect(again.at()).toBe("in");
    expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  });

  test("whose room is not the entered one waits", async () => {
    const { desk } = await inRoom();
    await openRoom(other.rid);
    const client = await press(openByCode(CODES.other));
    expect(client.at()).toBe("waiting");
    expect(desk.seen()).toEqual([{ name: "K-2", at: "waits", known: false }]);
  });

  test("early: waits at the closed door without a guess, one handshake when a room is opened", async () => {
    const desk = openDesk();
    const tries = { left: 3 };
    const client = await press(openByCode("K-1", memory(), tries));
    expect([client.at(), tries.left]).toEqual(["door", 3]);
    desk.enter(await openRoom(mine.rid));
    await settle();
    expect([client.at(), tries.left]).toEqual(["waiting", 3]);
  });

  test("[A4] early while another room is open: waits, burns nothing, and is let in once its room is open", async () => {
    const { desk } = await inRoom();
    const tries = { left: 3 };
    const client = await press(openByCode(CODES.other, memory(), tries));
    expect([client.at(), tries.left, form.failures]).toEqual(["waiting", 3, 0]);
    expect(desk.desk.state.get().visitors).toMatchObject([{ name: "K-2", room: null, at: "waits" }]);
    desk.enter(await openRoom(other.rid));
    await settle();
    desk.desk.admit(desk.desk.state.get().visitors[0]?.peer as never);
    await settle();
    expect([client.at(), tries.left]).toEqual(["in", 3]);
  });

  test("[A5] the therapist reloads: it is in again by itself, and no try is taken", async () => {
    const { desk, room, client } = await admitted();
    desk.gone();
    await settle();
    const reloaded = openDesk();
    await settle();
    reloaded.enter(room);
    await settle();
    expect([client.at(), form.successes, form.failures]).toEqual(["in", 2, 0]);
  });

  test("the permanent link is handed over sealed; the device stays known by it", async () => {
    const { desk, client, store } = await admitted();
    const url = formatLink("https://praxis.example", new Uint8Array(16).fill(1), identity.fingerprint);
    const [visitor] = desk.desk.state.get().visitors;
    desk.desk.giveLink(visitor?.peer as never, url);
    await settle();
    expect(client.call.state.get().link).toBe(url);
    expect(desk.desk.state.get().visitors[0]?.hasLink).toBe(true);
    client.call.leave();
    const byLink = await press(openClient(store));
    expect(byLink.at()).toBe("in");
    expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  });

  test("[TP1 2.9] the practice's logo is told sealed, while whoever came by code still waits; by link it is not", async () => {
    const logo = {
      id: "4e".repeat(16) as LogoId,
      key: new Uint8Array(32).fill(3),
      type: "image/png",
    } as const;
    shown.brand = {
      v: 1,
      logo: { ...logo, width: 300, height: 90 },
      name: null,
      imprint: null,
      locale: "de",
    };
    const { desk } = await inRoom();
    const client = await press(openByCode("K-1"));
    expect([client.at(), client.call.state.get().brand]).toEqual(["waiting", shown.brand]);
    desk.desk.admit(desk.desk.state.get().visitors[0]?.peer as never);
    await settle();
    expect([client.at(), client.call.state.get().brand]).toEqual(["in", shown.brand]);
    client.call.leave();
    const byLink = await press(openClient());
    expect([byLink.at(), byLink.call.state.get().brand]).toEqual(["in", null]);
  });

  test("a practice that shows nothing tells nothing", async () => {
    await inRoom();
    const client = await press(openByCode("K-1"));
    expect([client.at(), client.call.state.get().brand]).toEqual(["waiting", null]);
  });

  test("a link that names another identity is not kept", async () => {
    const { desk, client } = await admitted();
    const url = formatLink("https://praxis.example", new Uint8Array(16).fill(1), new Uint8Array(16));
    desk.desk.giveLink(desk.desk.state.get().visitors[0]?.peer as never, url);
    await settle();
    expect(client.call.state.get().link).toBe(null);
  });
});

describe("a wrong code", () => {
  test("is said after one handshake, counted by both, and never tried again by itself", async () => {
    const { desk } = await inRoom();
    const tries = { left: 3 };
    const client = await press(openByCode("K-7", memory(), tries));
    expect([client.at(), tries.left, form.failures]).toEqual(["wrong", 2, 1]);
    clock.pass(2 * CODE_PATIENCE_MS);
    await openRoom(other.rid);
    desk.gone();
    const reloaded = openDesk();
    await settle();
    expect([client.at(), tries.left, form.failures]).toEqual(["wrong", 2, 1]);
    expect([desk.seen(), reloaded.seen()]).toEqual([[], []]);
  });

  test("without a try left nothing that could be tested is sent", async () => {
    await inRoom();
    const client = await press(openByCode("K-1", memory(), { left: 0 }));
    expect([client.at(), form.failures, form.successes]).toEqual(["wrong", 0, 0]);
  });

  test("while chosen codes pause nothing is answered for them, and no failure is counted; generated ones work", async () => {
    const { desk } = await inRoom();
    form.mayChosen = false;
    const client = await press(openByCode("K-1"));
    expect([client.at(), form.failures]).toEqual(["wrong", 0]);
    expect((await press(openByCode("K-7"))).at()).toBe("wrong");
    expect(form.failures).toBe(0);
    expect((await press(openByCode(CODES.other))).at()).toBe("waiting");
    expect(desk.seen()).toEqual([{ name: "K-2", at: "waits", known: false }]);
  });
});

test("[A4] the form answers twelve a minute in all; a link is answered all the same", async () => {
  await inRoom();
  const store = memory();
  const visits: Visit[] = [];
  for (let i = 0; i < BY_CODE.perMinute; i++) visits.push(await press(openByCode("K-7", store, { left: 1 })));
  expect(visits.every((visit) => visit.at() === "wrong")).toBe(true);
  const late = await press(openByCode("K-1", store));
  expect([late.at(), form.failures]).toEqual(["proving", BY_CODE.perMinute]);
  expect((await press(openClient())).at()).toBe("in");
  clock.pass(60_000);
  clock.pass(CODE_PATIENCE_MS);
  await settle();
  expect(late.at()).toBe("waiting");
});

test("the code is not in what the browser keeps", async () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  await admitted(store);
  expect([...kept.keys()]).toEqual([`tpc.device.user.${USER}`]);
  expect(linkKeys(new Uint8Array(16).fill(1)).rid).toBe(mine.rid);
});

test("[A4] a proof is on its way when the host changes: the press is used up, nobody else is knocked at", async () => {
  const visit = await press(openByCode("K-1"));
  const [first, second] = [newId<PeerId>(), newId<PeerId>()];
  const answer = new CodeAnswer({ identity, user: USER, codes: [{ code: CODES.mine, ref: null }] });
  const from = (host: PeerId, data: Bytes, n = 1): ToBrowser => ({ t: "relay", from: host, n, ack: 0, data });
  visit.call.receive({ t: "door", state: "open", host: first, planned: null });
  visit.call.receive(from(first, wrapEnvelope("handshake", answer.onM1(knockOf(visit)))));
  const sent = visit.posted().length;
  visit.call.receive({ t: "door", state: "open", host: second, planned: null });
  expect([visit.at(), visit.posted().length]).toEqual(["wrong", sent]);
});

/** The last M1 that was sent. */
function knockOf(visit: Visit): Bytes {
  const knocks = visit
    .posted()
    .flatMap((message) => (message.t === "relay" ? [openEnvelope(message.data)] : []));
  return knocks.filter((envelope) => envelope?.kind === "knock").at(-1)?.body as Bytes;
}
