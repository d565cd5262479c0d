/** Media sessions over WebSocket at `/media` on the product's own port: two sockets a session, so that a large picture never stands in
 * front of sound. A request is upgraded with a `Lane` as the socket's data, which Bun's handlers then call directly; Elysia's wrapper
 * around each message is not on the way. */
import { type AnyElysia, Elysia } from "elysia";
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE } from "../../wire/close.ts";
import { FRAME_MAX_BYTES } from "../../wire/frame.ts";
import type { Pass } from "../sfu/events.ts";
import type { Echoes } from "./echo.ts";
import { EchoLane } from "./echo-socket.ts";
import type { MediaEars, MediaLink } from "./media-link.ts";
import type { MediaLoop } from "./media-loop.ts";
import type { AddressOf, IsStaff } from "./websocket.ts";

/** Higher: half a session costs a socket for longer. Lower: a page on a slow line gets no picture. */
const LANE_MS = 5000;
/** A clinic behind one address: a hundred people, two sessions of two sockets each. Higher: one address costs more memory. */
const SOCKETS_PER_ADDRESS = 512;

export type MediaSocketDeps = {
  readonly loop: Pick<MediaLoop, "take" | "open">;
  /** The connection check, at the same address as the calls, so that it says what holds for them. */
  readonly echoes: Echoes;
  readonly originAllowed: (request: Request) => boolean;
  readonly addressOf: AddressOf;
  readonly isStaff: IsStaff;
  /** Calls `run` once after so many milliseconds. */
  readonly after: (milliseconds: number, run: () => void) => unknown;
  /** For tests; absent: `SOCKETS_PER_ADDRESS`. */
  readonly socketsPerAddress?: number;
};

/** What is used of Bun's own socket object. */
type RawSocket = {
  binaryType?: string;
  sendBinary(bytes: Uint8Array): number;
  getBufferedAmount(): number;
  close(code?: number): void;
};
type LaneName = "a" | "b";
type Upgrader = {
  requestIP(request: Request): { readonly address: string } | null;
  upgrade(request: Request, options: { data: unknown }): boolean;
};

/** The route. */
export function mediaPlugin(deps: MediaSocketDeps): AnyElysia {
  const door = new Door(deps);
  return new Elysia({ name: "media" }).get("/media", async ({ request, server }) => {
    if (new URL(request.url).searchParams.has("check"))
      return server === null ? refused(503) : door.check(request, server as unknown as Upgrader);
    const cookie = request.headers.get("cookie");
    // a pass comes from a call, and staff are in none; said here too, so that no pass of another person helps them
    if (cookie !== null && (await deps.isStaff({ cookie }))) return refused(403);
    return server === null ? refused(503) : door.enter(request, server as unknown as Upgrader);
  });
}

/** Where sockets come in, find the other one of their session, and are counted. */
class Door {
  readonly #deps: MediaSocketDeps;
  /** Sessions that miss a lane, by their token. */
  readonly #waiting = new Map<string, SocketLink>();
  readonly #addresses = new Map<string, number>();

  constructor(deps: MediaSocketDeps) {
    this.#deps = deps;
  }

  /** Upgrades the request (then nothing is answered), or says why not by its status. */
  enter(request: Request, server: Upgrader): Response | undefined {
    const query = new URL(request.url).searchParams;
    const [token, lane] = [query.get("pass"), query.get("lane")];
    if (token === null || (lane !== "a" && lane !== "b")) return refused(400);
    const no = this.#noSocket(request);
    if (no !== null) return no;
    const socket = server.requestIP(request)?.address ?? "local";
    const address = this.#deps.addressOf({ headers: request.headers, socket });
    const most = this.#deps.socketsPerAddress ?? SOCKETS_PER_ADDRESS;
    if ((this.#addresses.get(address) ?? 0) >= most) return refused(429);
    const link = this.#linkOf(token, lane);
    if (link === null) return refused(403);
    this.#count(address, 1);
    return upgraded(request, server, new Lane(link, lane, () => this.#count(address, -1)));
  }

  /** The same for a connection check; its tickets are counted where they are given out. */
  check(request: Request, server: Upgrader): Response | undefined {
    const no = this.#noSocket(request);
    if (no !== null) return no;
    const lane = EchoLane.of(this.#deps.echoes, new URL(request.url).searchParams.get("check") ?? "");
    return lane === null ? refused(403) : upgraded(request, server, lane);
  }

  #noSocket(request: Request): Response | null {
    if (request.headers.get("upgrade") === null) return refused(426);
    return this.#deps.originAllowed(request) ? null : refused(403);
  }

  /** The session of the lane that came first, or a new one for a good token. */
  #linkOf(token: string, lane: LaneName): SocketLink | null {
    const other = this.#waiting.get(token);
    if (other?.lacks(lane)) {
      this.#waiting.delete(token);
      return other;
    }
    const pass = this.#deps.loop.take(token);
    return pass && this.#begin(token, pass);
  }

  #begin(token: string, pass: Pass): SocketLink {
    const link = new SocketLink((opened) => this.#deps.loop.open(opened, pass));
    this.#waiting.set(token, link);
    this.#deps.after(LANE_MS, () => {
      this.#waiting.delete(token);
      link.late();
    });
    return link;
  }

  #count(address: string, by: 1 | -1): void {
    const count = (this.#addresses.get(address) ?? 0) + by;
    if (count > 0) this.#addresses.set(address, count);
    else this.#addresses.delete(address);
  }
}

function refused(status: number): Response {
  return new Response(null, { status });
}

function upgraded(request: Request, server: Upgrader, data: Lane | EchoLane): Response | undefined {
  if (server.upgrade(request, { data })) return undefined;
  data.close();
  return refused(400);
}

/** One of a session's two sockets: what Bun calls. */
class Lane {
  readonly #link: SocketLink;
  readonly #name: LaneName;
  readonly #left: () => void;
  #isOver = false;

  constructor(link: SocketLink, name: LaneName, left: () => void) {
    this.#link = link;
    this.#name = name;
    this.#left = left;
    link.expect(name);
  }

  open(socket: RawSocket): void {
    socket.binaryType = "uint8array";
    this.#link.join(this.#name, socket);
  }

  message(_socket: RawSocket, message: unknown): void {
    this.#link.received(message);
  }

  drain(): void {
    this.#link.drained();
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#left();
    this.#link.over();
  }
}

/** Both sockets as one session: pictures on `b`, everything else on `a`. */
class SocketLink implements MediaLink {
  readonly kind = "socket";
  readonly #open: (link: SocketLink) => void;
  readonly #expected = new Set<LaneName>();
  readonly #sockets: { a?: RawSocket; b?: RawSocket } = {};
  #ears: MediaEars | null = null;
  #isOver = false;

  /** `open` is called when lane a is there: without it there is no session. */
  constructor(open: (link: SocketLink) => void) {
    this.#open = open;
  }

  lacks(lane: LaneName): boolean {
    return !this.#isOver && !this.#expected.has(lane);
  }

  expect(lane: LaneName): void {
    this.#expected.add(lane);
  }

  join(lane: LaneName, socket: RawSocket): void {
    if (this.#isOver) return void socket.close(CLOSE.expired.code);
    this.#sockets[lane] = socket;
    if (lane === "a") this.#open(this);
  }

  /** `LANE_MS` have passed. */
  late(): void {
    if (!this.#isOver && (!this.#sockets.a || !this.#sockets.b)) this.#break("silent");
  }

  received(message: unknown): void {
    if (!(message instanceof Uint8Array) || message.length === 0 || message.length > FRAME_MAX_BYTES)
      this.#break("garbage");
    else this.#ears?.item(message as Bytes);
  }

  drained(): void {
    this.#ears?.fell();
  }

  /** A socket has ended, and with it the session. */
  over(): void {
    if (this.#isOver) return;
    this.close(CLOSE.lost.code);
    this.#ears?.closed();
  }

  listen(ears: MediaEars): void {
    this.#ears = ears;
  }

  loose(items: readonly Bytes[]): void {
    for (const item of items) this.#sockets.a?.sendBinary(item);
  }

  sure(item: Bytes): void {
    this.#sockets.a?.sendBinary(item);
  }

  /** On lane a until b has come: late sound for a moment, but no hole in the picture. */
  picture(_group: number, item: Bytes): void {
    (this.#sockets.b ?? this.#sockets.a)?.sendBinary(item);
  }

  /** What was sent cannot be taken back. */
  groupEnd(): void {}

  held(): number {
    const { a, b } = this.#sockets;
    return (a?.getBufferedAmount() ?? 0) + (b?.getBufferedAmount() ?? 0);
  }

  close(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { a, b } = this.#sockets;
    delete this.#sockets.a;
    delete this.#sockets.b;
    a?.close(code);
    b?.close(code);
  }

  #break(word: "garbage" | "silent"): void {
    if (this.#ears) this.#ears.broke(word);
    else this.close(CLOSE[word].code);
  }
}
