/** What a page remembers of a call for its end. */
import { expect, test } from "bun:test";
import { CallFacts, type CallSeen } from "./call-facts.ts";
import type { Line } from "./line.ts";
import { securedOf } from "./line.ts";

const secured = { version: "1.3", dtls: "TLS_AES_128_GCM_SHA256", srtp: null, servers: [] };
const direct = (line: Line): CallSeen => ({
  conversation: { line, remote: null, other: null, refused: false, secured, weak: null },
  relay: null,
  signalAway: false,
  unproven: false,
});
const over = (line: "open" | "away", way: "quic" | "socket" | null = "quic"): CallSeen => ({
  conversation: null,
  relay: { line, way, weak: false } as CallSeen["relay"],
  signalAway: false,
  unproven: false,
});

test("a direct call: the way, what protected it, each interruption, and that a page which closes it does not count", () => {
  const facts = new CallFacts();
  facts.see(direct({ at: "connecting" }), 0);
  expect(facts.read(0)).toMatchObject({ way: "none", breaks: [], errors: [] });
  facts.see(direct({ at: "open", route: "direct" }), 1_000);
  facts.see(direct({ at: "reconnecting", since: 2_000 }), 2_000);
  facts.see(direct({ at: "open", route: "relayed" }), 5_000);
  facts.see({ ...direct({ at: "connecting" }), conversation: null }, 9_000);
  expect(facts.read(20_000)).toEqual({
    way: "forwarded",
    secured,
    breaks: [3_000],
    errors: [{ code: "line.broken", count: 1 }],
  });
});

test("over the server, by its way; what is away again and again is counted, not what stays away", () => {
  const facts = new CallFacts();
  facts.see(over("open"), 0);
  for (const signalAway of [true, true, false, true]) facts.see({ ...over("open"), signalAway }, 1);
  facts.see(over("away", null), 2_000);
  facts.see(over("open", "socket"), 2_500);
  expect(facts.read(3_000)).toMatchObject({
    way: "socket",
    breaks: [500],
    errors: [
      { code: "signal.away", count: 2 },
      { code: "line.broken", count: 1 },
    ],
  });
});

test("[e2ee] what protects a direct call is read from the browser's figures, and a browser that does not say it says nothing", () => {
  const ice = [{ urls: "stun:praxis.example:3478" }, { urls: "turn:praxis.example:3478?transport=udp" }];
  const figures = {
    type: "transport",
    dtlsState: "connected",
    tlsVersion: "FEFD",
    dtlsCipher: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    srtpCipher: "AEAD_AES_128_GCM",
  };
  expect(securedOf(new Map([["T", figures]]), ice)).toEqual({
    version: "1.2",
    dtls: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    srtp: "AEAD_AES_128_GCM",
    servers: ["praxis.example:3478"],
  });
  expect(securedOf(new Map(), [])).toEqual({ version: null, dtls: null, srtp: null, servers: [] });
});
