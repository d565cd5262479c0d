/** A page of the product reaches the relay by both transports under its own policy, and by them nobody but its own server. */
import { ORIGIN } from "../../server/testing/rig.ts";
import { seatedCall } from "../../server/testing/seated-call.ts";
import { base64url } from "../../wire/bytes.ts";
import { expect, test } from "./stage.ts";

/** What came of opening a session, by the page's own means. */
type Tried = { quic: string; socket: string; foreign: string; replayed: string };

test("relay-is-reached: WebTransport by the certificate's hash and WebSocket, no other port, no token twice", async ({
  product,
  client,
}) => {
  const port = Number(new URL(product.origin).port);
  const handle = (request: Request) => {
    const { method, headers, body } = request;
    return fetch(request.url.replace(ORIGIN, product.origin), { method, headers, ...(body ? { body } : {}) });
  };
  const call = await seatedCall({ handle, port }, product.origin);
  const answer = await call.client.send({ t: "media" }).next("media");
  const [at] = answer.quic;
  test.skip(at === undefined && process.env.CI !== "true", "this Bun cannot load the WebTransport addon");
  if (at === undefined) throw new Error("the relay has no QUIC port");

  await client.page.goto("/imprint");
  expect(await client.page.evaluate(() => crossOriginIsolated)).toBe(true);
  const given = {
    host: new URL(product.origin).hostname,
    port: at.port,
    hash: [...at.hash],
    quic: base64url(answer.down[0]),
    socket: base64url(answer.up[1]),
  };
  const tried = await client.page.evaluate(async (use): Promise<Tried> => {
    const quic = async (to: number): Promise<string> => {
      const serverCertificateHashes = [{ algorithm: "sha-256", value: new Uint8Array(use.hash) }];
      try {
        const session = new WebTransport(`https://${use.host}:${to}/media?pass=${use.quic}`, {
          serverCertificateHashes,
        });
        await session.ready;
        const both = await session.createBidirectionalStream();
        await both.writable.getWriter().write(new Uint8Array([0, 0, 0, 1, 0x80]));
        return "open";
      } catch {
        return "refused";
      }
    };
    const socket = (): Promise<string> =>
      new Promise((done) => {
        const lane = new WebSocket(`/media?pass=${use.socket}&lane=a`);
        lane.onopen = () => done("open");
        lane.onerror = () => done("refused");
      });
    const policy = new Promise<string>((done) =>
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective)),
    );
    const first = await quic(use.port);
    const foreign = await Promise.race([quic(use.port + 2), policy]);
    return {
      quic: first,
      socket: await socket(),
      foreign: await policy.then(() => foreign),
      replayed: await quic(use.port),
    };
  }, given);
  expect(tried).toEqual({
    quic: "open",
    socket: "open",
    foreign: expect.stringMatching(/refused|connect-src/),
    replayed: "refused",
  });
  expect(product.log()).not.toContain(given.quic);
});
