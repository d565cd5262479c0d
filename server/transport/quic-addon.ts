/** The WebTransport addon, as much of it as is used: its low-level binding, since only that has priorities, resets and plain writes.
 * It is native code and needs glibc 2.38; where it does not load, the relay works by WebSocket alone. */

export type SendStream = {
  write(data: Buffer): Promise<void>;
  finish(): Promise<void>;
  reset(code: number): Promise<void>;
  /** Higher goes first. */
  setPriority(priority: number): Promise<void>;
};
export type RecvStream = {
  /** Null: the stream has ended. */
  read(maxSize: number): Promise<Buffer | null>;
  stop(code: number): Promise<void>;
};
type BiStream = { takeSend(): SendStream; takeRecv(): RecvStream };

export type QuicSession = {
  acceptUni(): Promise<RecvStream>;
  acceptBi(): Promise<BiStream>;
  openUni(): Promise<SendStream>;
  openBi(): Promise<BiStream>;
  /** Throws where it is longer than the path takes. */
  sendDatagram(data: Buffer): void;
  recvDatagram(): Promise<Buffer>;
  close(code: number, reason: string): void;
  closed(): Promise<{ closeCode: number; reason: string }>;
};
type QuicRequest = {
  readonly url: Promise<string>;
  ok(): Promise<QuicSession>;
  reject(status: number): Promise<void>;
};
export type NativeServer = {
  /** Null: closed. */
  accept(): Promise<QuicRequest | null>;
  /** Never while `accept` is pending: that hangs the thread for ever. */
  close(): void;
};
type NativeClient = { connect(url: string): Promise<QuicSession> };

export type QuicAddon = {
  readonly NapiServer: { bind(address: string, cert: Buffer, key: Buffer): NativeServer };
  readonly NapiClient: { withCertificateHashes(hashes: Buffer[]): NativeClient };
};

/** The addon; null where this system cannot load it. */
export async function loadQuic(): Promise<QuicAddon | null> {
  try {
    // the package exports only its wrapper; the binding lies beside it
    const wrapper = import.meta.resolve("@moq/web-transport");
    const binding = await import(new URL("../napi.cjs", wrapper).pathname);
    return (binding.default ?? binding) as QuicAddon;
  } catch {
    return null;
  }
}
