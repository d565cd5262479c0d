/** Planned calls as a page drives them, whose link it is, and the private calendar. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { AHEAD_MAX_MS, AT_ONCE_MS, KEPT_MS, STARTS_MAX } from "../../wire/planned.ts";
import { type Browser, createBrowser, createRig, type Rig, register } from "../testing/rig.ts";
import { MISSES_PER_ADDRESS } from "./feed-tries.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
});
afterAll(() => rig.close());

const HOUR = 3_600_000;
const rids = (n: number) => Array.from({ length: n }, () => newId<Rid>());

async function practice(links = 1): Promise<{ browser: Browser; links: Rid[] }> {
  const { browser } = await register(rig);
  const add = rids(links);
  const change = { base: 0, manifest: base64url(noise(296)), put: [], drop: [], links: { add, drop: [] } };
  await browser.ask("POST", "/api/vault", change);
  rig.told.length = 0;
  return { browser, links: add };
}

type Plan = { plan: string; startsAt: number; series: string | null; clients: Rid[][] };

async function plans({ browser, links }: Awaited<ReturnType<typeof practice>>, starts: number[]) {
  const got = await browser.ask("POST", "/api/planned", { starts, clients: links.map((rid) => [rid]) });
  if (got.status !== 201) throw new Error(JSON.stringify(got.body));
  return got.body.planned as Plan[];
}
const listed = async (browser: Browser) => (await browser.ask("GET", "/api/planned")).body.planned as Plan[];

test("every route needs a session", async () => {
  const stranger = createBrowser(rig);
  const path = `/api/planned/${newId()}`;
  for (const [method, at] of [
    ["GET", "/api/planned"],
    ["POST", "/api/planned"],
    ["PATCH", path],
    ["DELETE", path],
    ["POST", `${path}/start`],
    ["GET", "/api/feed"],
    ["POST", "/api/feed"],
    ["DELETE", "/api/feed"],
  ] as const)
    expect((await stranger.ask(method, at)).body).toEqual({ code: "session.required" });
});

test("a planned call is listed by time and told to signaling; moved, deleted, told again", async () => {
  const one = await practice(2);
  const [late] = await plans(one, [rig.time.now + 2 * HOUR]);
  const [early] = await plans(one, [rig.time.now + HOUR]);
  expect(await listed(one.browser)).toEqual([early, late] as Plan[]);
  const startsAt = rig.time.now + 3 * HOUR;
  const moved = await one.browser.ask("PATCH", `/api/planned/${early?.plan}`, { startsAt });
  expect(moved).toMatchObject({ status: 200, body: { planned: [{ ...early, startsAt }] } });
  expect((await one.browser.ask("DELETE", `/api/planned/${late?.plan}`)).status).toBe(204);
  expect(rig.told.map(([what]) => what)).toEqual(["opened", "opened", "opened", "opened"]);
  expect(await listed(one.browser)).toEqual([{ ...early, startsAt } as Plan]);
  const again = await one.browser.ask("DELETE", `/api/planned/${late?.plan}`);
  expect(again).toMatchObject({ status: 404, body: { code: "planned.unknown" } });
});

test("a series goes one by one, or all that is later at once", async () => {
  const one = await practice();
  const dates = await plans(
    one,
    [1, 2, 3, 4].map((n) => rig.time.now + n * HOUR),
  );
  await one.browser.ask("DELETE", `/api/planned/${dates[1]?.plan}`);
  await one.browser.ask("DELETE", `/api/planned/${dates[2]?.plan}?series=all`);
  expect(await listed(one.browser)).toEqual([dates[0] as Plan]);
  const odd = await one.browser.ask("DELETE", `/api/planned/${dates[0]?.plan}?series=some`);
  expect(odd.body).toEqual({ code: "request.invalid" });
});

test("[limits] past, double, unknown, too many: each in its own word, and nothing is planned", async () => {
  const one = await practice(9);
  const { now } = rig.time;
  const [a] = one.links as [Rid];
  const ask = async (starts: number[], clients: unknown = [[a]]) =>
    (await one.browser.ask("POST", "/api/planned", { starts, clients })).body;
  expect(await ask([now + HOUR, now - 60_001])).toEqual({ code: "planned.past" });
  expect(await ask([now + AHEAD_MAX_MS + 1])).toEqual({ code: "request.invalid" });
  expect(await ask([now + HOUR, now + HOUR])).toEqual({ code: "request.invalid" });
  expect(await ask([])).toEqual({ code: "request.invalid" });
  expect(await ask([now + HOUR + 0.5])).toEqual({ code: "request.invalid" });
  expect(await ask(Array.from({ length: STARTS_MAX + 1 }, (_, n) => now + n * HOUR))).toEqual({
    code: "request.invalid",
  });
  expect(await ask([now + HOUR], [[a], [a]])).toEqual({ code: "request.invalid" });
  expect(
    await ask(
      [now + HOUR],
      one.links.map((rid) => [rid]),
    ),
  ).toEqual({ code: "room.too-many" });
  expect(await ask([now + HOUR], [rids(1)])).toEqual({ code: "link.unknown" });
  expect(await listed(one.browser)).toEqual([]);
  expect(rig.told).toEqual([]);
  await one.browser.ask("POST", "/api/planned", { starts: [now], clients: [[a]] });
  expect(await ask([now])).toEqual({ code: "planned.double" });
  const [only] = await listed(one.browser);
  const past = await one.browser.ask("PATCH", `/api/planned/${only?.plan}`, { startsAt: now - 60_001 });
  expect(past).toMatchObject({ status: 422, body: { code: "planned.past" } });
});

test("'Starten' of a planned call opens its room and takes it off the list", async () => {
  const one = await practice(2);
  const [first, second] = await plans(one, [rig.time.now + HOUR, rig.time.now + 2 * HOUR]);
  const got = await one.browser.ask("POST", `/api/planned/${first?.plan}/start`);
  const closesAt = rig.time.now + 2 * HOUR;
  expect(got).toMatchObject({ status: 201, body: { clients: first?.clients, closesAt, startable: true } });
  expect(await listed(one.browser)).toEqual([second as Plan]);
  const refused = await one.browser.ask("POST", `/api/planned/${second?.plan}/start`);
  expect(refused).toMatchObject({ status: 409, body: { code: "room.client-open", room: got.body.room } });
  expect(await listed(one.browser)).toEqual([second as Plan]);
  const gone = await one.browser.ask("POST", `/api/planned/${first?.plan}/start`);
  expect(gone).toMatchObject({ status: 404, body: { code: "planned.unknown" } });
});

test("nobody else sees, moves, deletes or starts it", async () => {
  const one = await practice();
  const [plan] = await plans(one, [rig.time.now + HOUR]);
  const { browser } = await practice();
  const path = `/api/planned/${plan?.plan}`;
  const startsAt = rig.time.now + 2 * HOUR;
  expect(await listed(browser)).toEqual([]);
  for (const got of [
    await browser.ask("PATCH", path, { startsAt }),
    await browser.ask("DELETE", `${path}?series=all`),
    await browser.ask("POST", `${path}/start`),
  ])
    expect(got).toMatchObject({ status: 404, body: { code: "planned.unknown" } });
  expect(await listed(one.browser)).toEqual([plan as Plan]);
});

test("a link says to its own practice that it is, from when to when its call is entered at once; to others nothing", async () => {
  const one = await practice();
  const [rid] = one.links;
  const startsAt = rig.time.now + HOUR;
  const [plan] = await plans(one, [startsAt]);
  const before = rig.time.now;
  const own = async () => (await one.browser.ask("GET", `/api/links/${rid}`)).body;
  expect(await own()).toEqual({ own: true, room: null, planned: null });
  for (const [at, planned] of [
    [startsAt - AT_ONCE_MS - 1, null],
    [startsAt - AT_ONCE_MS, plan?.plan],
    [startsAt + KEPT_MS, plan?.plan],
    [startsAt + KEPT_MS + 1, null],
  ] as const) {
    rig.time.now = at;
    expect(await own()).toEqual({ own: true, room: null, planned: planned as string });
  }
  rig.time.now = before;
  const { room } = (await one.browser.ask("POST", `/api/planned/${plan?.plan}/start`)).body;
  expect(await own()).toEqual({ own: true, room, planned: null });
  const nothing = { status: 200, body: { own: false } };
  expect(await createBrowser(rig).ask("GET", `/api/links/${rid}`)).toMatchObject(nothing);
  expect(await (await practice()).browser.ask("GET", `/api/links/${rid}`)).toMatchObject(nothing);
  expect(await one.browser.ask("GET", `/api/links/${newId()}`)).toMatchObject(nothing);
});

test("the calendar holds times and nothing of clients, links or plans; its secret is kept hashed only", async () => {
  const one = await practice(2);
  const [plan] = await plans(one, [rig.time.now + HOUR]);
  expect((await one.browser.ask("GET", "/api/feed")).body).toEqual({ since: null });
  const made = await one.browser.ask("POST", "/api/feed");
  expect(made.body).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), since: rig.time.now });
  const got = await createBrowser(rig).ask("GET", `/api/feed/${made.body.token}.ics`);
  expect(got.status).toBe(200);
  expect(got.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(got.headers.get("cache-control")).toBe("no-store");
  const text = String(got.body.text);
  const start = new Date(plan?.startsAt ?? 0).toISOString().replace(/[-:]|\.\d+/g, "");
  expect(text).toContain(`DTSTART:${start}`);
  expect(text).toContain("SUMMARY:Termin\r\n");
  for (const secret of [plan?.plan, ...one.links]) expect(text).not.toContain(secret as string);
  expect(text).not.toMatch(/DESCRIPTION|LOCATION|URL|ATTENDEE|ORGANIZER|http/);
  const again = await createBrowser(rig).ask("GET", `/api/feed/${made.body.token}.ics?lang=en`);
  expect(String(again.body.text)).toContain("SUMMARY:Appointment");
  const uid = /UID:\S+/;
  expect(String(again.body.text).match(uid)?.[0]).toBe(text.match(uid)?.[0] as string);
  expect((await one.browser.ask("GET", "/api/feed")).body).toEqual({ since: rig.time.now });
  expect(rig.lines.join("\n")).not.toContain(String(made.body.token));
});

test("a renewed or removed calendar's old address, and any other, answers like one that never was", async () => {
  const one = await practice();
  const first = (await one.browser.ask("POST", "/api/feed")).body.token;
  const second = (await one.browser.ask("POST", "/api/feed")).body.token;
  const ask = async (file: string) => (await createBrowser(rig).ask("GET", `/api/feed/${file}`)).body;
  expect(await ask(`${first}.ics`)).toEqual({ code: "feed.unknown" });
  expect((await ask(`${second}.ics`)).text).toContain("BEGIN:VCALENDAR");
  expect((await one.browser.ask("DELETE", "/api/feed")).status).toBe(204);
  for (const file of [`${second}.ics`, `${second}`, "x.ics", `${base64url(noise(32))}.ics`])
    expect(await ask(file)).toEqual({ code: "feed.unknown" });
  expect((await createBrowser(rig).ask("GET", `/api/feed/${second}.ics`)).status).toBe(404);
});

test("whoever guesses calendars is slowed down, right ones from that address too", async () => {
  const other = await createRig();
  const { browser } = await register(other);
  const { token } = (await browser.ask("POST", "/api/feed")).body;
  const ask = (file: string) => browser.ask("GET", `/api/feed/${file}.ics`);
  for (let n = 0; n < MISSES_PER_ADDRESS - 1; n++) expect((await ask(`a${n}`)).status).toBe(404);
  expect((await ask(String(token))).status).toBe(200);
  expect((await ask("the last")).status).toBe(404);
  expect(await ask(String(token))).toMatchObject({ status: 429, body: { code: "feed.slow-down" } });
  await other.close();
});
