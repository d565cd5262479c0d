/** The HTTP side under heads and bodies of a stranger, and of somebody with an account who means harm. For fuzz tests. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noise } from "../../../db/testing/samples.ts";
import { base64url, utf8 } from "../../../wire/bytes.ts";
import { newId } from "../../../wire/ids.ts";
import { changedValue, junk, oneOf, type Roll } from "../../../wire/junk.testing.ts";
import { newToken, practiceWith } from "../program.ts";
import { ORIGIN, sampleRegistration } from "../rig.ts";
import { createWalkRig, filled } from "../walk.ts";
import { headerText, must, type Stranger } from "./decoders.ts";

const box = (bytes: number) => base64url(noise(bytes));

/** A body that could be right, for routes that take one. */
function bodies(links: readonly string[]): Record<string, unknown> {
  const answer = { ticket: box(32), totp: "123456" };
  const report = {
    side: "client",
    browser: "Firefox 153",
    system: "Linux",
    page: "room",
    way: "direct",
    minutes: 9,
  };
  return {
    "POST /api/accounts": sampleRegistration(),
    "POST /api/salt": { user: "anna" },
    "POST /api/session": { user: "anna", authKey: box(32) },
    "POST /api/session/second": answer,
    "POST /api/recovery": { user: "anna", authR: box(32) },
    "POST /api/second/passkey": { ticket: box(32) },
    "POST /api/rooms": { clients: [[links[0]]] },
    "POST /api/planned": { starts: [1_700_000_900_000], clients: [[links[1]]] },
    "POST /api/vault": {
      base: 1,
      manifest: box(296),
      put: [{ id: newId(), version: 1, box: box(296) }],
      drop: [],
      links: { add: [newId()], drop: [] },
    },
    "POST /api/tokens": { label: "Praxisprogramm", scopes: ["rooms"] },
    "POST /api/vouchers": { code: "AAAA-BBBB-CCCC-DDDD" },
    "POST /api/staff": { invitation: newId(), tokenHash: box(32) },
    "POST /api/reports": {
      ...report,
      breaks: [1],
      devices: { cameras: 1, microphones: 1, loudspeakers: 1 },
      errors: [],
      note: "ä",
    },
    "POST /api/recovery/second": answer,
    "PUT /api/recovery": {
      user: "anna",
      authR: box(32),
      next: { salt: box(16), authKey: box(32), wrap: box(104), authR: box(32), wrapR: box(104) },
    },
    "POST /api/factors/proof": { authKey: box(32) },
    "POST /api/factors/passkeys": {
      ticket: box(32),
      name: "Laptop",
      passkey: {
        id: box(16),
        rawId: box(16),
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON: box(80), attestationObject: box(200) },
      },
    },
    "POST /api/invitations/look": { token: box(16) },
    "PATCH /api/planned/:plan": { startsAt: 1_700_000_900_000 },
    "PATCH /api/v1/planned/:plan": { startsAt: 1_700_000_900_000 },
    "PUT /api/brands": { put: [{ rid: links[0], box: box(296) }] },
    "PUT /api/logo": { id: newId(), box: box(296) },
    "POST /api/v1/rooms": { clients: [[links[0]]] },
    "POST /api/v1/webhooks": { url: "https://praxis.example/in" },
  };
}

function bodyOf(roll: Roll, good: unknown): Uint8Array<ArrayBuffer> {
  const text = utf8(JSON.stringify(good));
  const kinds = [
    () => text,
    () => utf8(JSON.stringify(changedValue(roll, good)) ?? ""),
    () => utf8(JSON.stringify(changedValue(roll, good)) ?? ""),
    () => utf8(JSON.stringify(changedValue(roll, good)) ?? ""),
    () => junk(roll, [text]),
    () => utf8('{"__proto__":{"polluted":1},'.repeat(1 + roll(3)) + new TextDecoder().decode(text).slice(1)),
    () => utf8("[".repeat(roll(2000))),
  ];
  return oneOf(roll, kinds)();
}

const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "",
];

/** As much of a build as navigations need. */
function builtPages(): string {
  const web = mkdtempSync(join(tmpdir(), "pages-"));
  for (const name of ["index.html", "client.html"]) writeFileSync(join(web, name), name);
  return web;
}

async function world() {
  const web = builtPages();
  const rig = await createWalkRig({ web, addressFrom: "x-forwarded-for", registrationsPerHour: 100_000 });
  const { browser, links } = await practiceWith(rig, 3);
  const { token } = await newToken(browser);
  const known = { cookie: browser.cookie(), authorization: `Bearer ${token}` };
  /** Another address each time and time that goes by, so that no budget stands in front of what is tried. */
  const ask = async (
    roll: Roll,
    method: string,
    path: string,
    init: { headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
  ) => {
    rig.time.now += 50;
    const address = [1 + roll(200), roll(256), roll(256), roll(256)].join(".");
    const headers = { origin: ORIGIN, "x-forwarded-for": address, ...init.headers };
    const answer = await rig.handle(new Request(`${ORIGIN}${path}`, { method, ...init, headers }));
    await answer.arrayBuffer();
    // a turn of the loop, in which the database's driver frees its statements: a server has one between requests
    await new Promise<void>((turn) => void setImmediate(turn));
    must(
      answer.status < 500 || answer.status === 503,
      `${method} ${path} answered ${answer.status}: ${rig.lines.at(-1)}`,
    );
    must(answer.headers.get("x-content-type-options") === "nosniff", `${method} ${path} lacks its headers`);
    must(({} as { polluted?: unknown }).polluted === undefined, `${method} ${path} changed a prototype`);
    rig.told.length = 0;
    rig.waits.length = 0;
    return answer.status < 300;
  };
  const close = async () => {
    await rig.close();
    rmSync(web, { recursive: true });
  };
  return { rig, links, known, ask, close };
}

export async function httpBodies(): Promise<Stranger> {
  const { rig, links, known, ask, close } = await world();
  const good = bodies(links);
  const there = new Set(rig.routes().map(({ method, path }) => `${method} ${path}`));
  must(
    Object.keys(good).every((name) => there.has(name)),
    "a route that is none",
  );
  const routes = Object.keys(good).map((name) => name.split(" ") as [string, string]);
  return {
    feed: (roll) => {
      const [method, path] = oneOf(roll, routes);
      const isKnown = roll(4) > 0;
      const type = roll(8) > 0 ? "application/json" : oneOf(roll, TYPES);
      const headers = { ...(isKnown ? known : {}), ...(type === "" ? {} : { "content-type": type }) };
      const body = bodyOf(roll, good[`${method} ${path}`] ?? {});
      return ask(
        roll,
        method,
        filled(path, () => oneOf(roll, [newId(), ...links])),
        { headers, body },
      );
    },
    close,
  };
}

const PATHS = [
  "/",
  "/j",
  "/api/feed/x.ics",
  "/api/links/0",
  "/api/brand/0",
  "/api/v1/rooms",
  "/api/session",
  "/media?pass=x",
  "/assets/x.js",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/..%2f..%2fserver.key",
  "/j%231AAAA",
];

export async function httpHeads(): Promise<Stranger> {
  const { known, ask, close } = await world();
  const good: Record<string, string[]> = {
    cookie: [known.cookie, "session=; device=.", "a".repeat(9000)],
    authorization: [known.authorization, "Bearer ", "Basic eDp5"],
    accept: ["text/html", "*/*", "text/html;q=0"],
    "accept-encoding": ["br", "gzip;q=0, br;q=9", "*"],
    "if-none-match": ['W/"AAAAAAAAAAAAAAAA"', "*"],
    "user-agent": ["Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "()(((((("],
    "content-length": ["0", "99999999999999999999", "-1", "NaN"],
    "sec-fetch-site": ["cross-site", "none"],
  };
  const names = Object.keys(good);
  return {
    feed: (roll) => {
      const some = names
        .filter(() => roll(2) === 0)
        .map((name) => [name, headerText(roll, good[name] ?? [])]);
      const path = encodeURI(headerText(roll, PATHS)).replace(/^\/*/, "/");
      return ask(roll, oneOf(roll, ["GET", "GET", "HEAD", "DELETE", "OPTIONS"]), path, {
        headers: Object.fromEntries(some),
      });
    },
    close,
  };
}
