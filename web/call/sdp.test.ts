/** [TP1 2.8] Only one SHA-256 fingerprint counts, and Opus keeps a constant packet size. */
import { expect, test } from "bun:test";
import {
  fingerprintOf,
  fingerprintOfCertificate,
  SdpRefused,
  withConstantOpus,
  withQuickPicture,
} from "./sdp.ts";

const PRINT = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0").toUpperCase()).join(":");
const OTHER = PRINT.replace("00:", "FF:");
const sdp = (...lines: string[]) => `v=0\r\n${lines.map((line) => `${line}\r\n`).join("")}`;

test("[TP1 2.8] the fingerprint of a bundle is read once, however often it is repeated", () => {
  expect(
    fingerprintOf(sdp(`a=fingerprint:sha-256 ${PRINT}`, `a=fingerprint:SHA-256 ${PRINT.toLowerCase()}`)),
  ).toBe(PRINT);
});

test.each([
  ["none", sdp("a=mid:0")],
  ["two different", sdp(`a=fingerprint:sha-256 ${PRINT}`, `a=fingerprint:sha-256 ${OTHER}`)],
  ["another hash", sdp(`a=fingerprint:sha-1 ${PRINT.slice(0, 59)}`)],
  ["another hash beside it", sdp(`a=fingerprint:sha-256 ${PRINT}`, `a=fingerprint:sha-1 ${PRINT}`)],
  ["too short", sdp(`a=fingerprint:sha-256 ${PRINT.slice(3)}`)],
])("[TP1 2.8] refused: %s", (_, text) => {
  expect(() => fingerprintOf(text)).toThrow(SdpRefused);
});

test("[TP1 2.8] opus is told cbr=1 and usedtx=0, whatever the other side wrote", () => {
  const given = sdp(
    "a=rtpmap:111 opus/48000/2",
    "a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1",
    "a=fmtp:96 x=1",
  );
  expect(withConstantOpus(given)).toBe(
    sdp("a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1;cbr=1;usedtx=0", "a=fmtp:96 x=1"),
  );
  expect(withConstantOpus(sdp("a=rtpmap:0 PCMU/8000"))).toBe(sdp("a=rtpmap:0 PCMU/8000"));
});

test("a certificate's fingerprint is written as in SDP", async () => {
  expect(await fingerprintOfCertificate(new Uint8Array([1, 2, 3]))).toMatch(/^03:90:58:C6:/);
});

test("a picture starts fast: beside what a codec says already, or on a line of its own", () => {
  const given = sdp(
    "a=rtpmap:96 VP8/90000",
    "a=rtpmap:97 rtx/90000",
    "a=rtpmap:98 VP9/90000",
    "a=fmtp:98 profile-id=0",
  );
  expect(withQuickPicture(given)).toBe(
    sdp(
      "a=rtpmap:96 VP8/90000",
      "a=fmtp:96 x-google-start-bitrate=1000",
      "a=rtpmap:97 rtx/90000",
      "a=rtpmap:98 VP9/90000",
      "a=fmtp:98 profile-id=0;x-google-start-bitrate=1000",
    ),
  );
});
