/** The self-made certificate is what browsers take by its hash, and a restart finds the same one. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate, readCertificate, VALID_MS } from "./certificate.ts";
import { keepCertificate, loadCertificate } from "./certificate-file.ts";
import { der, integer, oid, utcTime } from "./der.ts";

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 25, 12, 0, 0);

describe("certificate", () => {
  test("is X.509 v3, ECDSA P-256, signed by its own key, and no CA", () => {
    const { cert } = makeCertificate(NOW);
    const parsed = new X509Certificate(cert);
    expect(parsed.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.ca).toBe(false);
    // [0] { INTEGER 2 } first in the signed part
    expect(parsed.raw.includes(Buffer.from([0xa0, 3, 2, 1, 2]))).toBe(true);
  });

  test("is valid for 13 days, from an hour ago: browsers refuse more than 14, and clocks differ", () => {
    const { cert, expires } = makeCertificate(NOW);
    const { validFrom, validTo } = new X509Certificate(cert);
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(13 * DAY_MS);
    expect([Date.parse(validFrom), expires]).toEqual([NOW - 3_600_000, NOW - 3_600_000 + VALID_MS]);
  });

  test("has the hash that pages are told, another key each time, and its own key only", () => {
    const [one, two] = [makeCertificate(NOW), makeCertificate(NOW)];
    const digest = createHash("sha256").update(new X509Certificate(one.cert).raw).digest();
    expect(one.hash).toEqual(new Uint8Array(digest));
    expect(one.hash).not.toEqual(two.hash);
    expect(() => readCertificate(one.cert, two.key)).toThrow(RangeError);
  });

  test("many of them can all be read: serial numbers and signatures of every length", () => {
    for (let n = 0; n < 200; n++) {
      const { cert } = makeCertificate(NOW + n);
      const parsed = new X509Certificate(cert);
      expect(parsed.verify(parsed.publicKey)).toBe(true);
    }
  });
});

describe("DER", () => {
  test("lengths, whole numbers, object identifiers and times as X.690 writes them", () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
    expect(hex(der(4, new Uint8Array(127)).subarray(0, 2))).toBe("047f");
    expect(hex(der(4, new Uint8Array(128)).subarray(0, 3))).toBe("048180");
    expect(hex(der(4, new Uint8Array(256)).subarray(0, 4))).toBe("04820100");
    expect(() => der(4, new Uint8Array(65_536))).toThrow(RangeError);
    expect(hex(integer(new Uint8Array([0x7f])))).toBe("02017f");
    expect(hex(integer(new Uint8Array([0x80])))).toBe("02020080");
    expect(hex(oid("1.2.840.10045.4.3.2"))).toBe("06082a8648ce3d040302");
    expect(new TextDecoder().decode(utcTime(NOW).subarray(2))).toBe("261125120000Z");
  });
});

describe("the kept certificate", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "certificate-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("is the same after a restart, and its owner's only", () => {
    const made = makeCertificate(NOW);
    keepCertificate(folder, makeCertificate(NOW));
    keepCertificate(folder, made);
    expect(loadCertificate(folder)).toEqual(made);
    expect(statSync(join(folder, "relay.pem")).mode & 0o777).toBe(0o600);
  });

  test("none, or one that was damaged, counts as none", () => {
    expect(loadCertificate(folder)).toBeNull();
    const { cert } = makeCertificate(NOW);
    for (const text of ["", cert, `${cert}${makeCertificate(NOW).key}`]) {
      writeFileSync(join(folder, "relay.pem"), text);
      expect(loadCertificate(folder)).toBeNull();
    }
  });
});
