/** Practice staff over HTTP: every route of the app is closed to them but the few that are theirs (R15); what is not shared does not exist;
 * an invitation is good once, also where registration is closed; access taken away ends rights at once. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { type InvitationId, newId, type Rid } from "../../wire/ids.ts";
import { INVITATION_MS, STAFF_MAX } from "../../wire/staff.ts";
import {
  type Browser,
  createBrowser,
  createRig,
  type Rig,
  register,
  sampleRegistration,
} from "../testing/rig.ts";
import { invitationHash } from "./invitations.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 10_000 });
});
afterAll(() => rig.close());

const HOUR = 3_600_000;

async function practice(links = 0): Promise<{ browser: Browser; rids: Rid[]; user: string }> {
  const { browser, sent } = await register(rig);
  // sorted as the links of one client are told
  const rids = Array.from({ length: links }, () => newId<Rid>()).sort();
  if (links > 0) await saveLinks(browser, rids);
  return { browser, rids, user: sent.user };
}

const saveLinks = (browser: Browser, add: Rid[]) =>
  browser.ask("POST", "/api/vault", {
    base: 0,
    manifest: base64url(noise(296)),
    put: [],
    drop: [],
    links: { add, drop: [] },
  });

async function invite(browser: Browser): Promise<{ invitation: InvitationId; token: string }> {
  const token = noise(16);
  const invitation = newId<InvitationId>();
  const tokenHash = base64url(invitationHash(token));
  const { status } = await browser.ask("POST", "/api/staff", { invitation, tokenHash });
  if (status !== 204) throw new Error(`inviting answered ${status}`);
  return { invitation, token: base64url(token) };
}

async function registerStaff(token: string, at: Rig = rig) {
  const browser = createBrowser(at);
  const sent = sampleRegistration();
  const got = await browser.ask("POST", "/api/accounts", { ...sent, staff: token });
  return { browser, sent, got };
}

/** A practice with links, and somebody who works for it. */
async function team(links = 2) {
  const therapist = await practice(links);
  const { invitation, token } = await invite(therapist.browser);
  const { browser, got, sent } = await registerStaff(token);
  if (got.status !== 201) throw new Error(JSON.stringify(got.body));
  const share = (put: Rid[], drop: Rid[] = []) =>
    therapist.browser.ask("POST", `/api/staff/${invitation}/shared`, {
      put: put.map((rid) => ({ rid, box: base64url(noise(296)) })),
      drop,
    });
  return { therapist, rids: therapist.rids, invitation, staff: browser, sent, share };
}

const plan = (browser: Browser, path: string, clients: Rid[][], at = rig.time.now + HOUR) =>
  browser.ask("POST", path, { starts: [at], clients });

describe("[R15] the walk through all routes", () => {
  /** For everybody, whoever is logged in. */
  const OPEN = [
    "GET /api/operator",
    "POST /api/reports",
    "GET /api/health",
    "GET /api/ready",
    "GET /api/plans",
    "GET /api/brand/:rid",
    "GET /api/logo/:id",
    "GET /api/feed/:file",
    "POST /api/accounts",
    "POST /api/salt",
    "POST /api/session",
    "DELETE /api/session",
    "POST /api/recovery",
    "PUT /api/recovery",
    "POST /api/session/second",
    "POST /api/recovery/second",
    "POST /api/second/passkey",
    "POST /api/invitations/look",
  ];
  /** What every account has. */
  const OWN = [
    "GET /api/account",
    "DELETE /api/account",
    "GET /api/session",
    "POST /api/session/lock",
    "GET /api/sessions",
    "DELETE /api/sessions/:id",
    "PUT /api/password",
    "GET /api/factors",
    "POST /api/factors/proof",
    "POST /api/factors/proof/second",
    "POST /api/factors/totp/draft",
    "PUT /api/factors/totp",
    "DELETE /api/factors/totp",
    "POST /api/factors/passkeys/options",
    "POST /api/factors/passkeys",
    "DELETE /api/factors/passkeys/:id",
    "POST /api/factors/spares",
    "GET /api/vault",
    "POST /api/vault",
    "POST /api/invitations/accept",
  ];
  const THEIRS = [
    "GET /api/work",
    "GET /api/work/planned",
    "POST /api/work/planned",
    "PATCH /api/work/planned/:plan",
    "DELETE /api/work/planned/:plan",
  ];
  /** By a token that staff cannot make, whatever the cookie. */
  const isByToken = (path: string) => path.startsWith("/api/v1/");

  test("a route that is not in these lists answers staff.forbidden, whatever its body is", async () => {
    const { staff } = await team();
    const known = new Set([...OPEN, ...OWN, ...THEIRS]);
    const answers: Record<string, unknown> = {};
    for (const { method, path } of rig.routes()) {
      if (known.has(`${method} ${path}`) || isByToken(path)) continue;
      const at = path.replace(/:\w+/g, newId());
      const { status, body } = await staff.ask(method, at, method === "GET" ? undefined : {});
      answers[`${method} ${path}`] = `${status} ${body.code}`;
    }
    const names = Object.keys(answers);
    expect(names).toContain("POST /api/rooms");
    expect(names).toContain("POST /api/planned/:plan/start");
    expect(names).toContain("GET /api/links/:rid");
    expect(names.length).toBeGreaterThan(20);
    expect(answers).toEqual(Object.fromEntries(names.map((name) => [name, "403 staff.forbidden"])));
  });

  test("what is in the lists is there, and what is theirs is closed to therapists and strangers", async () => {
    const there = new Set(rig.routes().map(({ method, path }) => `${method} ${path}`));
    expect([...OPEN, ...OWN, ...THEIRS].filter((name) => !there.has(name))).toEqual([]);
    const { browser } = await practice();
    for (const name of THEIRS) {
      const [method = "", path = ""] = name.split(" ");
      const at = path.replace(/:\w+/g, newId());
      const body = method === "GET" ? undefined : {};
      expect([name, (await browser.ask(method, at, body)).body]).toEqual([name, { code: "staff.ended" }]);
      const stranger = (await createBrowser(rig).ask(method, at, body)).body;
      expect([name, stranger]).toEqual([name, { code: "session.required" }]);
    }
  });

  test("a token of practice software cannot be made, and an unknown one opens nothing", async () => {
    const { staff } = await team();
    for (const { method, path } of rig.routes().filter(({ path }) => isByToken(path))) {
      const at = path.replace(/:\w+/g, newId());
      const got = await staff.ask(method, at, method === "GET" ? undefined : {});
      expect([path, got.status >= 400 || path.includes("openapi")]).toEqual([path, true]);
    }
  });

  test("the own vault takes records, and no link", async () => {
    const { staff } = await team();
    const change = { base: 0, manifest: base64url(noise(296)), drop: [] };
    const put = [{ id: newId(), version: 1, box: base64url(noise(296)) }];
    const ask = async (links: { add: Rid[]; drop: Rid[] }) =>
      staff.ask("POST", "/api/vault", { ...change, put, links });
    const rid = newId<Rid>();
    for (const links of [
      { add: [rid], drop: [] },
      { add: [], drop: [rid] },
    ])
      expect((await ask(links)).body).toEqual({ code: "staff.forbidden" });
    expect((await ask({ add: [], drop: [] })).body).toEqual({ counter: 1 });
  });
});

describe("invitations", () => {
  test("the link says who invites; an account made by it is staff and says so; a second one is not made", async () => {
    const { browser, user } = await practice();
    const { token } = await invite(browser);
    const stranger = createBrowser(rig);
    expect((await stranger.ask("POST", "/api/invitations/look", { token })).body).toEqual({ practice: user });
    const made = await registerStaff(token);
    expect(made.got.status).toBe(201);
    expect((await made.browser.ask("GET", "/api/session")).body.staff).toBe(true);
    expect((await browser.ask("GET", "/api/session")).body.staff).toBe(false);
    const again = await registerStaff(token);
    expect(again.got).toMatchObject({ status: 409, body: { code: "invitation.used" } });
    expect((await again.browser.ask("GET", "/api/session")).status).toBe(401);
    expect(again.got.headers.getSetCookie()).toEqual([]);
  });

  test("over after a week, and one that nobody made: each in its own word", async () => {
    const { browser } = await practice();
    const { token } = await invite(browser);
    const { now } = rig.time;
    rig.time.now = now + INVITATION_MS;
    expect((await registerStaff(token)).got).toMatchObject({
      status: 410,
      body: { code: "invitation.over" },
    });
    rig.time.now = now;
    const unknown = await registerStaff(base64url(noise(16)));
    expect(unknown.got).toMatchObject({ status: 404, body: { code: "invitation.unknown" } });
    expect((await registerStaff(base64url(noise(15)))).got.body).toEqual({ code: "request.invalid" });
  });

  test("an instance that takes no new accounts takes invited ones, and only those", async () => {
    const closed = await createRig({ registration: { kind: "open" } });
    const therapist = await register(closed);
    const { token } = await invite(therapist.browser);
    closed.config.registration = { kind: "closed" };
    const without = await createBrowser(closed).ask("POST", "/api/accounts", sampleRegistration());
    expect(without.body).toEqual({ code: "account.registration-closed" });
    const wrong = await registerStaff(base64url(noise(16)), closed);
    expect(wrong.got.body).toEqual({ code: "invitation.unknown" });
    expect((await registerStaff(token, closed)).got.status).toBe(201);
    await closed.close();
  });

  test("an account that has nothing yet accepts, and its sockets go; one with clients does not", async () => {
    const { browser } = await practice();
    const { token } = await invite(browser);
    const busy = await practice(1);
    const accept = (by: Browser) => by.ask("POST", "/api/invitations/accept", { token });
    expect((await accept(busy.browser)).body).toEqual({ code: "staff.not-empty" });
    expect((await accept(browser)).body).toEqual({ code: "staff.not-empty" });
    expect((await accept(createBrowser(rig))).body).toEqual({ code: "session.required" });
    const fresh = await practice();
    rig.told.length = 0;
    expect((await accept(fresh.browser)).status).toBe(200);
    expect(rig.told.map(([what]) => what)).toEqual(["sessionEnded"]);
    expect((await fresh.browser.ask("GET", "/api/session")).body.staff).toBe(true);
    expect((await fresh.browser.ask("GET", "/api/rooms")).body).toEqual({ code: "staff.forbidden" });
    const next = await invite((await practice()).browser);
    const second = await fresh.browser.ask("POST", "/api/invitations/accept", { token: next.token });
    expect(second.body).toEqual({ code: "staff.employed" });
  });

  test("[limits] so many and no more; one that was taken back is good for nothing", async () => {
    const { browser } = await practice();
    const first = await invite(browser);
    for (let n = 1; n < STAFF_MAX; n++) await invite(browser);
    const one = { invitation: newId(), tokenHash: base64url(noise(32)) };
    expect((await browser.ask("POST", "/api/staff", one)).body).toEqual({ code: "staff.too-many" });
    expect((await browser.ask("DELETE", `/api/staff/${first.invitation}`)).status).toBe(204);
    expect((await registerStaff(first.token)).got.body).toEqual({ code: "invitation.unknown" });
    expect((await browser.ask("POST", "/api/staff", one)).status).toBe(204);
  });

  test("the log knows no token", async () => {
    const { token } = await invite((await practice()).browser);
    await registerStaff(token);
    expect(rig.lines.some((line) => line.includes(token))).toBe(false);
  });
});

describe("sharing", () => {
  test("staff see what is shared with them, and it goes when it is taken back", async () => {
    const { therapist, staff, invitation, rids, share } = await team();
    const [a, b] = rids as [Rid, Rid];
    expect((await staff.ask("GET", "/api/work")).body).toEqual({
      practice: therapist.user,
      invitation,
      shared: [],
    });
    expect((await share([a, b])).status).toBe(204);
    await share([], [b]);
    const { shared } = (await staff.ask("GET", "/api/work")).body as { shared: { rid: Rid }[] };
    expect(shared.map(({ rid }) => rid)).toEqual([a]);
    const { people } = (await therapist.browser.ask("GET", "/api/staff")).body as {
      people: { user: string; shared: unknown[] }[];
    };
    expect(people).toMatchObject([{ invitation, since: rig.time.now, shared }]);
  });

  test("a foreign link shares nothing; a foreign practice reaches nobody", async () => {
    const { staff, rids, invitation, share } = await team();
    const other = await practice(1);
    expect((await share([...rids, ...other.rids])).body).toEqual({ code: "link.unknown" });
    const put = other.rids.map((rid) => ({ rid, box: base64url(noise(296)) }));
    const foreign = await other.browser.ask("POST", `/api/staff/${invitation}/shared`, { put, drop: [] });
    expect(foreign.body).toEqual({ code: "staff.unknown" });
    expect((await other.browser.ask("DELETE", `/api/staff/${invitation}`)).body).toEqual({
      code: "staff.unknown",
    });
    expect((await staff.ask("GET", "/api/work")).body.shared).toEqual([]);
  });

  test("access taken away: the next request already finds nothing, and no route opens again", async () => {
    const { therapist, staff, invitation, rids, share } = await team();
    await share(rids);
    await plan(staff, "/api/work/planned", [[rids[0] as Rid]]);
    expect((await therapist.browser.ask("DELETE", `/api/staff/${invitation}`)).status).toBe(204);
    for (const path of ["/api/work", "/api/work/planned"])
      expect((await staff.ask("GET", path)).body).toEqual({ code: "staff.ended" });
    expect((await plan(staff, "/api/work/planned", [[rids[1] as Rid]])).body).toEqual({
      code: "staff.ended",
    });
    expect((await staff.ask("GET", "/api/rooms")).body).toEqual({ code: "staff.forbidden" });
    expect((await staff.ask("GET", "/api/session")).body.staff).toBe(true);
    const { planned } = (await therapist.browser.ask("GET", "/api/planned")).body as { planned: unknown[] };
    expect(planned.length).toBe(1);
  });
});

describe("planning", () => {
  test("staff plan, move and delete for shared links, and the therapist's pages are told", async () => {
    const { therapist, staff, rids, share } = await team();
    await share(rids);
    rig.told.length = 0;
    const made = await plan(staff, "/api/work/planned", [rids]);
    expect(made.status).toBe(201);
    const [one] = made.body.planned as { plan: string; startsAt: number }[];
    expect((await therapist.browser.ask("GET", "/api/planned")).body.planned).toEqual([one]);
    const path = `/api/work/planned/${one?.plan}`;
    const startsAt = rig.time.now + 2 * HOUR;
    expect((await staff.ask("PATCH", path, { startsAt })).body.planned).toEqual([{ ...one, startsAt }]);
    expect((await staff.ask("GET", "/api/work/planned")).body.planned).toEqual([{ ...one, startsAt }]);
    expect((await staff.ask("DELETE", path)).status).toBe(204);
    expect((await therapist.browser.ask("GET", "/api/planned")).body.planned).toEqual([]);
    expect(rig.told.map(([what]) => what)).toEqual(["opened", "opened", "opened"]);
  });

  test("a link that is not shared is unknown, alone and beside one that is; the limits are the therapist's", async () => {
    const { staff, rids, share } = await team();
    const [a, b] = rids as [Rid, Rid];
    await share([a]);
    for (const clients of [[[b]], [[a], [b]], [[a, b]], [[newId<Rid>()]]])
      expect((await plan(staff, "/api/work/planned", clients)).body).toEqual({ code: "link.unknown" });
    const past = await plan(staff, "/api/work/planned", [[a]], rig.time.now - HOUR);
    expect(past.body).toEqual({ code: "planned.past" });
    await plan(staff, "/api/work/planned", [[a]]);
    expect((await plan(staff, "/api/work/planned", [[a]])).body).toEqual({ code: "planned.double" });
  });

  test("calls with anybody who is not shared are not listed, not moved, not deleted", async () => {
    const { therapist, staff, rids, share } = await team();
    const [a, b] = rids as [Rid, Rid];
    await share([a]);
    const made = await plan(therapist.browser, "/api/planned", [[a], [b]]);
    const [hidden] = made.body.planned as { plan: string }[];
    expect((await staff.ask("GET", "/api/work/planned")).body.planned).toEqual([]);
    const path = `/api/work/planned/${hidden?.plan}`;
    const startsAt = rig.time.now + 5 * HOUR;
    expect((await staff.ask("PATCH", path, { startsAt })).body).toEqual({ code: "planned.unknown" });
    expect((await staff.ask("DELETE", `${path}?series=all`)).body).toEqual({ code: "planned.unknown" });
    await share([b]);
    expect((await staff.ask("GET", "/api/work/planned")).body.planned).toEqual([hidden] as never);
  });
});

test("staff change their password and delete their account like everybody", async () => {
  const { therapist, staff, sent } = await team();
  const next = { salt: base64url(noise(16)), authKey: base64url(noise(32)), wrap: base64url(noise(104)) };
  expect((await staff.ask("PUT", "/api/password", { authKey: sent.authKey, next })).status).toBe(200);
  expect((await staff.ask("DELETE", "/api/account", { authKey: next.authKey })).status).toBe(204);
  expect((await therapist.browser.ask("GET", "/api/staff")).body.people).toEqual([]);
});
