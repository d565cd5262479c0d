/** The certificate and its key as files: read, and refused with a sentence that says which of the two is at fault. */
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where both lie. */
export type TlsPaths = { readonly cert: string; readonly key: string };
/** Both as they are in the files, what they say of themselves, and a mark by which a change is noticed. */
export type TlsPair = {
  readonly cert: string;
  readonly key: string;
  readonly mark: string;
  /** Milliseconds of the wall clock. */
  readonly ends: number;
  /** True where browsers take it for `host`. */
  covers(host: string): boolean;
};

type Fault = "unreadable" | "no-certificate" | "no-key" | "mismatch";

/** Why they cannot be used, for the operator; `fault` is the word for the log. */
export class TlsFileError extends Error {
  override readonly name = "TlsFileError";
  readonly fault: Fault;
  constructor(fault: Fault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Reads both. Throws `TlsFileError`. */
export function readTls(paths: TlsPaths): TlsPair {
  const cert = textOf("TPC_TLS_CERT", paths.cert);
  const key = textOf("TPC_TLS_KEY", paths.key);
  const certificate = certificateIn(cert);
  if (!certificate.checkPrivateKey(keyIn(key)))
    throw new TlsFileError(
      "mismatch",
      "TPC_TLS_KEY is the key of another certificate than the first one in TPC_TLS_CERT: take both from the same folder.",
    );
  return {
    cert,
    key,
    mark: createHash("sha256").update(cert).update("\0").update(key).digest("hex"),
    ends: certificate.validToDate.getTime(),
    covers: (host) => certificate.checkHost(host) !== undefined,
  };
}

function textOf(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    const why = code === "ENOENT" ? "the file is not there" : `the server may not read it (${code})`;
    throw new TlsFileError("unreadable", `${name} cannot be used: ${why}.`);
  }
}

function certificateIn(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new TlsFileError(
      "no-certificate",
      "TPC_TLS_CERT holds no certificate in PEM form (-----BEGIN CERTIFICATE-----): it should be the whole chain, such as fullchain.pem.",
    );
  }
}

function keyIn(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw new TlsFileError(
      "no-key",
      "TPC_TLS_KEY holds no private key in PEM form without a password (-----BEGIN PRIVATE KEY-----), such as privkey.pem.",
    );
  }
}
