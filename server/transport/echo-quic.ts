/** One WebTransport session of the connection check: what comes in on its first stream goes out again, within the echo's limits. */
import { CLOSE } from "../../wire/close.ts";
import { ECHO_BYTES, type Echo } from "./echo.ts";
import type { QuicSession } from "./quic-addon.ts";

/** Resolves when the session has ended. Never throws. */
export async function echoBack(session: QuicSession, echo: Echo): Promise<void> {
  const ended = session.closed().catch(() => undefined);
  const code = await Promise.race([answerAll(session, echo).catch(() => CLOSE.lost.code), ended]);
  if (typeof code === "number") session.close(code, "");
}

/** Until the stream ends or has sent too much: the code to close with. */
async function answerAll(session: QuicSession, echo: Echo): Promise<number> {
  const both = await session.acceptBi();
  const [send, receive] = [both.takeSend(), both.takeRecv()];
  for (;;) {
    // one byte more than may be, so that too much is seen
    const piece = await receive.read(ECHO_BYTES + 1);
    if (piece === null) return CLOSE.done.code;
    if (!echo.take(piece.length)) return CLOSE.flood.code;
    await send.write(piece);
  }
}
