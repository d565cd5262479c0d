/** The WebSocket `/signal` as an Elysia plugin: checks the Origin, takes binary only, and hands everything to the runner. */
import { Elysia } from "elysia";
import { FRAME_MAX_BYTES } from "../../wire/frame.ts";
import { MESSAGE_MAX_BYTES } from "../../wire/signal.ts";
import type { ConnId } from "../signaling/events.ts";
import { HELD_MAX_BYTES } from "./media-loop.ts";
import type { Login, Runner, Wire } from "./runner.ts";

/** Options that count only on the outermost `new Elysia({ websocket })` (a measured trap of Elysia), for `/signal` and `/media` alike.
 * `maxPayloadLength`: a message a little too long still gets our own close code; far longer ones Bun refuses itself.
 * `backpressureLimit`: higher, and a reader that stands still costs more memory; lower, and a page on a slow line is cut
 * in the middle of a resend (one route holds 512 KiB) or of a screen's key picture (1 MiB); the relay's own limit comes
 * first. `idleTimeout` (seconds) lies above our own 10 s of silence. */
export const websocketOptions = {
  maxPayloadLength: FRAME_MAX_BYTES + MESSAGE_MAX_BYTES,
  backpressureLimit: 2 * HELD_MAX_BYTES,
  closeOnBackpressureLimit: true,
  idleTimeout: 30,
  sendPings: false,
} as const;

/** Who a browser is by the Cookie header of its upgrade; null: nobody. */
export type Authenticate = (headers: { cookie: string | null }) => Promise<Login | null>;
/** Is this practice staff, by the Cookie header of an upgrade? They reach no call, whatever they would say first (R15). */
export type IsStaff = (headers: { cookie: string | null }) => Promise<boolean>;
/** What limits count by: the address a browser came from, by what the operator says of proxies; IPv6 by its /64. */
export type AddressOf = (from: { headers: Headers; socket: string }) => string;

export type SignalPluginDeps = {
  readonly runner: Runner;
  readonly authenticate: Authenticate;
  readonly isStaff: IsStaff;
  readonly addressOf: AddressOf;
  /** May this upgrade's page connect? A foreign page must not use a therapist's cookie. */
  readonly originAllowed: (request: Request) => boolean;
};

/** What is used of Bun's own socket object. */
type RawSocket = {
  readonly remoteAddress: string;
  sendBinary(bytes: Uint8Array): number;
  ping(): number;
  close(code?: number): void;
};
type Socket = { readonly id: string; readonly raw: unknown; readonly data: { readonly request: Request } };

/** The plugin. Its sockets are keyed by Elysia's id, since the `ws` object is another one in every callback. */
export function signalPlugin({ runner, authenticate, isStaff, addressOf, originAllowed }: SignalPluginDeps) {
  const conns = new Map<string, ConnId>();
  const on = (ws: { readonly id: string }, handle: (conn: ConnId) => void) => {
    const conn = conns.get(ws.id);
    if (conn !== undefined) handle(conn);
  };
  return new Elysia({ name: "signal" }).ws("/signal", {
    // runs twice per upgrade, so it decides and counts nothing
    beforeHandle: async ({ request, status }) => {
      if (!originAllowed(request)) return status(403);
      const cookie = request.headers.get("cookie");
      return cookie !== null && (await isStaff({ cookie })) ? status(403) : undefined;
    },
    open: (ws) => {
      const { raw, address, login } = socketOf(ws as unknown as Socket, { authenticate, addressOf });
      conns.set(ws.id, runner.open(wireOf(raw, login), address));
    },
    message: (ws, message: unknown) =>
      on(ws, (conn) => {
        if (message instanceof Uint8Array) runner.handle({ t: "received", conn, bytes: message });
        else runner.handle({ t: "text", conn });
      }),
    pong: (ws: unknown) => on(idOf(ws), (conn) => runner.handle({ t: "heard", conn })),
    ping: (ws: unknown) => on(idOf(ws), (conn) => runner.handle({ t: "pinged", conn })),
    close: (ws, code) =>
      on(ws, (conn) => {
        conns.delete(ws.id);
        runner.handle({ t: "closed", conn, code });
      }),
  });
}

/** Elysia gives `pong` Bun's socket instead of its own; the id lies in the data of both. */
function idOf(ws: unknown): { readonly id: string } {
  const { id, data } = ws as { id?: string; data?: { id?: string } };
  return { id: data?.id ?? id ?? "" };
}

function socketOf(ws: Socket, deps: Pick<SignalPluginDeps, "authenticate" | "addressOf">) {
  const raw = ws.raw as RawSocket;
  const { headers } = ws.data.request;
  const address = deps.addressOf({ headers, socket: raw.remoteAddress });
  const cookie = headers.get("cookie");
  return { raw, address, login: () => deps.authenticate({ cookie }) };
}

function wireOf(raw: RawSocket, login: Wire["login"]): Wire {
  return {
    login,
    send: (bytes) => void raw.sendBinary(bytes),
    ping: () => void raw.ping(),
    close: (code) => raw.close(code),
  };
}
