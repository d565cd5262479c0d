/** A passkey as a browser has it, made of a P-256 key and a counter; for tests. What it says can be bent before it is sent. */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { base64url, concat, utf8 } from "../../wire/bytes.ts";
import { ORIGIN } from "./rig.ts";

const [PRESENT, VERIFIED, WITH_KEY] = [0x01, 0x04, 0x40];

/** What the server asked for; only the challenge matters here. */
type Asked = { challenge: string };

/** A new key of the site at `origin`. */
export function createAuthenticator(origin = ORIGIN) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = new Uint8Array(randomBytes(16));
  const state = { counter: 0 };
  const sha = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
  const place = sha(utf8(new URL(origin).hostname));

  const counted = () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(state.counter);
    return bytes;
  };
  const clientData = (type: string, { challenge }: Asked) =>
    utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const about = () => ({
    id: base64url(credential),
    rawId: base64url(credential),
    type: "public-key",
    clientExtensionResults: {},
  });
  /** The key as COSE: EC2, ES256, P-256, x, y. */
  const cose = () => {
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const [left, right] = [x, y].map((text) => new Uint8Array(Buffer.from(text, "base64url")));
    const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    return concat(new Uint8Array(head), left ?? place, new Uint8Array([0x22, 0x58, 0x20]), right ?? place);
  };

  return {
    state,
    /** Answer to registration options; `statement` is its attestation in CBOR, `format` the name of that. */
    register(asked: Asked, format = "none", statement = new Uint8Array([0xa0])) {
      const flags = new Uint8Array([PRESENT | VERIFIED | WITH_KEY]);
      const length = new Uint8Array([0, credential.length]);
      const data = concat(place, flags, counted(), new Uint8Array(16), length, credential, cose());
      const object = concat(
        new Uint8Array([0xa3]),
        text("fmt"),
        text(format),
        text("attStmt"),
        statement,
        text("authData"),
        new Uint8Array([0x58, data.length]),
        data,
      );
      const response = {
        clientDataJSON: base64url(clientData("webauthn.create", asked)),
        attestationObject: base64url(object),
        transports: ["internal"],
      };
      return { ...about(), response };
    },
    /** Answer to assertion options. */
    assert(asked: Asked) {
      const data = concat(place, new Uint8Array([PRESENT | VERIFIED]), counted());
      const client = clientData("webauthn.get", asked);
      const signature = new Uint8Array(sign("sha256", concat(data, sha(client)), privateKey));
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      };
      return { ...about(), response };
    },
  };
}

/** A short text in CBOR. */
function text(word: string): Uint8Array {
  return concat(new Uint8Array([0x60 + word.length]), utf8(word));
}
