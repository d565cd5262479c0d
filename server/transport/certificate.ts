/** The relay's own certificate: browsers take one that nobody vouches for where its hash was told them over TLS and it is ECDSA P-256,
 * X.509 v3 and valid for at most 14 days (W3C WebTransport "serverCertificateHashes"). So QUIC needs no CA, name or proxy. */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { type Bytes, concat } from "../../wire/bytes.ts";
import {
  bits,
  flag,
  implicit,
  integer,
  octets,
  oid,
  sequence,
  set,
  tagged,
  utcTime,
  utf8Text,
} from "./der.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Higher: browsers refuse above 14 days, and clocks differ. Lower: more rotations. */
export const VALID_MS = 13 * DAY_MS;
/** Browsers whose clock is behind take a certificate made this moment. */
const EARLY_MS = 60 * 60_000;

/** What the server shows, and what pages must know of it. */
export type Certificate = {
  /** Certificate and key, PEM. */
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate in DER. */
  readonly hash: Bytes;
  /** Unix milliseconds. */
  readonly expires: number;
};

const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const NAME = sequence(set(sequence(oid("2.5.4.3"), utf8Text("TheraPsy Connect relay"))));

/** A new key pair and certificate, valid from an hour before `now` for 13 days (Unix milliseconds). */
export function makeCertificate(now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const from = now - EARLY_MS;
  const content = sequence(
    tagged(0, integer(new Uint8Array([2]))),
    integer(serial()),
    ECDSA_SHA256,
    NAME,
    sequence(utcTime(from), utcTime(from + VALID_MS)),
    NAME,
    publicKey.export({ type: "spki", format: "der" }),
    extensions(),
  );
  const signature = sign("sha256", content, privateKey);
  const cert = pem("CERTIFICATE", sequence(content, ECDSA_SHA256, bits(signature)));
  return readCertificate(cert, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}

/** The certificate in these two PEM texts. Throws where they are none, or do not belong together. */
export function readCertificate(cert: string, key: string): Certificate {
  const parsed = new X509Certificate(cert);
  if (!parsed.checkPrivateKey(createPrivateKey(key))) throw new RangeError("not the certificate's key");
  const hash = new Uint8Array(createHash("sha256").update(parsed.raw).digest());
  return { cert, key, hash, expires: Date.parse(parsed.validTo) };
}

/** Positive and shorter than 20 bytes. */
function serial(): Bytes {
  return concat(new Uint8Array([1]), randomBytes(15));
}

/** No CA; for the name "localhost", since an X.509 v3 certificate has some name. */
function extensions(): Bytes {
  const noCa = sequence(oid("2.5.29.19"), flag(true), octets(sequence()));
  const names = sequence(
    oid("2.5.29.17"),
    octets(sequence(implicit(2, new TextEncoder().encode("localhost")))),
  );
  return tagged(3, sequence(noCa, names));
}

function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
