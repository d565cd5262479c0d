/** One QUIC port with one certificate: takes sessions whose token is good, until it is retired. */
import { CLOSE } from "../../wire/close.ts";
import type { Certificate } from "./certificate.ts";
import type { Echoes } from "./echo.ts";
import { echoBack } from "./echo-quic.ts";
import type { MediaLoop } from "./media-loop.ts";
import type { NativeServer, QuicAddon, QuicSession } from "./quic-addon.ts";
import { QuicLink } from "./quic-link.ts";

/** Requests that are being answered at once. Higher: strangers cost more memory. Lower: nine people who come back together wait. */
const REQUESTS_MAX = 256;
const PATH = "/media";

/** How a server reaches itself where it listens everywhere. */
const HERE: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

function urlHost(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

type Loop = Pick<MediaLoop, "take" | "open">;
/** What stands behind the port: calls, and the connection check. */
export type Inside = { readonly loop: Loop; readonly echoes: Echoes };
type Place = { host: string; port: number; certificate: Certificate };
type Request = NonNullable<Awaited<ReturnType<NativeServer["accept"]>>>;

/** One socket of a server: the address that it is bound to, and the end of its taking requests. */
type Socket = { readonly native: NativeServer; readonly address: string; readonly served: Promise<void> };

export class QuicServer {
  readonly port: number;
  readonly certificate: Certificate;
  readonly #addon: QuicAddon;
  readonly #loop: Loop;
  readonly #echoes: Echoes;
  readonly #sockets: readonly Socket[];
  #requests = 0;
  #sessions = 0;
  #isRetired = false;

  /** Listens on `host`, an IP address. Throws where the port is taken. */
  constructor(addon: QuicAddon, { loop, echoes }: Inside, at: Place) {
    this.port = at.port;
    this.certificate = at.certificate;
    this.#addon = addon;
    this.#loop = loop;
    this.#echoes = echoes;
    this.#sockets = this.#bindAll(at.host);
  }

  /** Sessions that are open here. */
  get sessions(): number {
    return this.#sessions;
  }

  /** Takes no session any more and frees the port; only when there is none. */
  async retire(): Promise<void> {
    if (this.#isRetired || this.#sessions > 0) return;
    this.#isRetired = true;
    // `close` hangs while `accept` waits, so a request of our own ends the waiting first
    const self = this.#addon.NapiClient.withCertificateHashes([Buffer.from(this.certificate.hash)]);
    for (const { address, native, served } of this.#sockets) {
      void self.connect(`https://${HERE[address] ?? urlHost(address)}:${this.port}/`).catch(() => undefined);
      await served;
      native.close();
    }
  }

  /** Browsers ask for "localhost" by IPv6 first and, unlike for TCP, do not try IPv4 after it: so both are served where there are both. */
  #bindAll(host: string): Socket[] {
    if (host === "0.0.0.0") return [this.#maybe("::") ?? this.#bind(host)];
    if (host !== "127.0.0.1") return [this.#bind(host)];
    const first = this.#bind(host);
    const second = this.#maybe("::1");
    return second === null ? [first] : [first, second];
  }

  #maybe(address: string): Socket | null {
    try {
      return this.#bind(address);
    } catch {
      // a machine without IPv6
      return null;
    }
  }

  #bind(address: string): Socket {
    const { cert, key } = this.certificate;
    const at = `${urlHost(address)}:${this.port}`;
    const native = this.#addon.NapiServer.bind(at, Buffer.from(cert), Buffer.from(key));
    return { native, address, served: this.#serve(native) };
  }

  async #serve(native: NativeServer): Promise<void> {
    while (!this.#isRetired) {
      const request = await native.accept().catch(() => null);
      if (request === null) return;
      void this.#answer(request).catch(() => undefined);
    }
  }

  async #answer(request: Request): Promise<void> {
    if (this.#isRetired || this.#requests >= REQUESTS_MAX) return await request.reject(503);
    this.#requests += 1;
    try {
      const url = new URL(await request.url);
      const check = url.pathname === PATH ? url.searchParams.get("check") : null;
      if (check !== null) return await this.#check(request, check);
      const pass = url.pathname === PATH ? this.#loop.take(url.searchParams.get("pass") ?? "") : null;
      if (pass === null) return await request.reject(403);
      const session = await request.ok();
      this.#sessions += 1;
      this.#loop.open(new QuicLink(session, () => this.#left()), pass);
    } finally {
      this.#requests -= 1;
    }
  }

  /** Waits no longer than for the session to open: the check goes on by itself. */
  async #check(request: Request, ticket: string): Promise<void> {
    let session: QuicSession | null = null;
    const echo = this.#echoes.enter(ticket, () => session?.close(CLOSE.done.code, ""));
    if (echo === null) return await request.reject(403);
    try {
      session = await request.ok();
      this.#sessions += 1;
      void echoBack(session, echo).finally(() => {
        echo.over();
        this.#left();
      });
    } catch (error) {
      echo.over();
      throw error;
    }
  }

  #left(): void {
    this.#sessions -= 1;
  }
}
