/** Media sessions over real WebSockets of this machine, on the handlers and options of the product. */
import { afterEach, describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { type Bytes, base64url } from "../../wire/bytes.ts";
import { CLOSE } from "../../wire/close.ts";
import { FRAME_MAX_BYTES } from "../../wire/frame.ts";
import { mediaPlugin } from "./media-socket.ts";
import { Hall } from "./testing/hall.ts";
import { mediaContract, type Page } from "./testing/media-contract.ts";
import { RawSocket } from "./testing/raw-socket.ts";
import { websocketOptions } from "./websocket.ts";

const ORIGIN = "http://praxis.test";
type Served = { port: number; late: (() => void)[]; stop(): Promise<void> };
const served = new Map<Hall, Served>();
const sockets: RawSocket[] = [];

async function end(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { stop } of served.values()) await stop();
  served.clear();
}
afterEach(end);

function serve(hall: Hall, socketsPerAddress?: number): Served {
  const known = served.get(hall);
  if (known) return known;
  const late: (() => void)[] = [];
  const plugin = mediaPlugin({
    loop: hall.loop,
    echoes: hall.echoes,
    originAllowed: ({ headers }) => headers.get("origin") === ORIGIN,
    isStaff: async ({ cookie }) => cookie === "session=staff",
    addressOf: ({ headers, socket }) => headers.get("x-test-address") ?? socket,
    after: (_ms, run) => void late.push(run),
    ...(socketsPerAddress === undefined ? {} : { socketsPerAddress }),
  });
  const app = new Elysia({ websocket: websocketOptions }).use(plugin);
  app.listen({ port: 0, hostname: "127.0.0.1" });
  const one = { port: app.server?.port ?? 0, late, stop: async () => void (await app.stop(true)) };
  served.set(hall, one);
  return one;
}

/** A socket that asks for this query; resolves when it is answered, whatever the answer is. */
async function ask(hall: Hall, query: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const { port } = serve(hall);
  const socket = new RawSocket(port, `/media?${query}`, { Origin: ORIGIN, ...headers }, () => hall.changed());
  sockets.push(socket);
  await hall.until(() => socket.status !== null || socket.code !== null);
  return socket;
}

const lane = (hall: Hall, token: Bytes, name: "a" | "b", headers = {}) =>
  ask(hall, `pass=${base64url(token)}&lane=${name}`, headers);

async function connect(hall: Hall, token: Bytes): Promise<Page> {
  const [a, b] = await Promise.all([lane(hall, token, "a"), lane(hall, token, "b")]);
  if (a.status !== 101 || b.status !== 101) throw new Error("refused");
  return {
    get got() {
      return [...a.got, ...b.got];
    },
    get code() {
      return a.code ?? b.code;
    },
    loose: (items) => {
      for (const item of items) a.send(item);
    },
    sure: (item) => a.send(item),
    picture: (_group, item) => b.send(item),
    close: () => a.close(1000),
    pause: () => b.pause(),
    resume: () => b.resume(),
  };
}

mediaContract("WebSocket", { hasDatagrams: false, connect, end });

describe("lanes [T3]", () => {
  test("the session opens with lane a, whichever lane came first; pictures go on lane b", async () => {
    const hall = new Hall();
    const token = hall.token();
    const b = await lane(hall, token, "b");
    expect(hall.loop.sessions).toBe(0);
    b.send(new Uint8Array([1]));
    const a = await lane(hall, token, "a");
    expect(hall.all("opened").map(({ pass, kind }) => [pass, kind])).toEqual([[hall.pass(), "socket"]]);
    const { link } = hall;
    hall.act({ t: "picture", link, group: 1, item: new Uint8Array([2]) });
    hall.act(
      { t: "sure", link, item: new Uint8Array([3]) },
      { t: "loose", link, items: [new Uint8Array([4])] },
    );
    await hall.until(() => a.got.length === 2 && b.got.length === 1);
    expect(b.got).toEqual([new Uint8Array([2])]);
  });

  test("without lane b pictures go on lane a; when it is late the session ends", async () => {
    const hall = new Hall();
    const a = await lane(hall, hall.token(), "a");
    hall.act({ t: "picture", link: hall.link, group: 1, item: new Uint8Array([2]) });
    await hall.until(() => a.got.length === 1);
    for (const run of serve(hall).late) run();
    await hall.until(() => a.code !== null);
    expect([a.code, hall.loop.sessions]).toEqual([CLOSE.silent.code, 0]);
  });

  test("a lane b that waits for lane a in vain is closed, and its token is spent", async () => {
    const hall = new Hall();
    const token = hall.token();
    const b = await lane(hall, token, "b");
    for (const run of serve(hall).late) run();
    await hall.until(() => b.code !== null);
    expect(b.code).toBe(CLOSE.silent.code);
    expect((await lane(hall, token, "a")).status).toBe(403);
  });

  test("the same lane twice is refused; the session goes on", async () => {
    const hall = new Hall();
    const token = hall.token();
    await lane(hall, token, "a");
    expect((await lane(hall, token, "a")).status).toBe(403);
    expect((await lane(hall, token, "b")).status).toBe(101);
    expect((await lane(hall, token, "b")).status).toBe(403);
    expect(hall.loop.sessions).toBe(1);
  });

  test("either lane's end is the session's", async () => {
    const hall = new Hall();
    const token = hall.token();
    const [a, b] = [await lane(hall, token, "a"), await lane(hall, token, "b")];
    b.destroy();
    await hall.until(() => a.code !== null);
    expect(a.code).toBe(CLOSE.lost.code);
    expect(hall.all("closed")).toHaveLength(1);
  });

  test("a session whose place is gone meanwhile is closed as expired", async () => {
    const hall = new Hall();
    const token = hall.token();
    const b = await lane(hall, token, "b");
    hall.loop.placed({ t: "unseated", call: hall.call, slot: 1 });
    const a = await lane(hall, token, "a");
    await hall.until(() => a.code !== null && b.code !== null);
    expect([a.code, b.code]).toEqual([CLOSE.expired.code, CLOSE.expired.code]);
    expect(hall.all("opened")).toEqual([]);
  });
});

describe("the door of /media [T3]", () => {
  test("a foreign page, a request that is no socket and a wrong query are refused, and spend no token", async () => {
    const hall = new Hall();
    const token = hall.token();
    const query = `pass=${base64url(token)}`;
    expect((await ask(hall, `${query}&lane=a`, { Origin: "http://evil.test" })).status).toBe(403);
    expect((await ask(hall, `${query}&lane=a`, { Cookie: "session=staff" })).status).toBe(403);
    expect((await ask(hall, `${query}&lane=c`)).status).toBe(400);
    expect((await ask(hall, "lane=a")).status).toBe(400);
    const plain = await fetch(`http://127.0.0.1:${serve(hall).port}/media?${query}&lane=a`);
    expect(plain.status).toBe(426);
    expect((await lane(hall, token, "a")).status).toBe(101);
    expect(hall.loop.counts).toEqual({});
  });

  test("text ends the session as garbage, a message far too long by the socket itself", async () => {
    const hall = new Hall();
    const texting = await lane(hall, hall.token(), "a");
    texting.send(new Uint8Array([65]), 1);
    await hall.until(() => texting.code !== null);
    expect(texting.code).toBe(CLOSE.garbage.code);
    const long = await lane(hall, hall.token(hall.pass(0)), "a");
    long.send(new Uint8Array(FRAME_MAX_BYTES + 200_000));
    await hall.until(() => long.code !== null);
    expect([1006, 1009]).toContain(long.code ?? 0);
    expect(hall.loop.sessions).toBe(0);
  });

  test("one address has a bounded number of sockets; another is let in, and a closed one makes room", async () => {
    const hall = new Hall();
    serve(hall, 2);
    const here = { "x-test-address": "one" };
    const first = await lane(hall, hall.token(), "a", here);
    expect((await lane(hall, hall.token(), "a", here)).status).toBe(101);
    const token = hall.token();
    expect((await lane(hall, token, "a", here)).status).toBe(429);
    expect((await lane(hall, token, "a")).status).toBe(101);
    first.close(1000);
    await hall.until(() => hall.all("closed").length === 1);
    expect((await lane(hall, hall.token(), "a", here)).status).toBe(101);
  });
});
