/** What others have published, against the library and the functions TP1 uses (§3.1): libsodium's own vectors, the RFCs', and the
 * CPace draft's edge cases. The vectors of TP1 itself are in `vectors.test.ts`, `cpace.test.ts` and `verifier.test.ts`. */
import { describe, expect, test } from "bun:test";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { argon2id } from "@noble/hashes/argon2.js";
import { type Bytes, fromHex, hex, utf8 } from "../wire/bytes.ts";
import { openBox, sealBox } from "./box.ts";
import { lvCat, times } from "./cpace.ts";
import { keysOf } from "./handshake.ts";
import { ready, sodium } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

/** `first`, one more, and so on. */
const rising = (first: number, count: number): Bytes =>
  Uint8Array.from({ length: count }, (_, i) => first + i);

describe("[TP1 3.1] CPace draft, B.3.10, B.3.11 and A.1", () => {
  const s = fromHex("7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05");
  test("scalar_mult with a valid point", () => {
    const X = fromHex("2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c");
    expect(hex(times(s, X))).toBe("7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e");
  });
  test("Y_i1, which is no point, and Y_i2, the neutral element, end the run: share", () => {
    const Yi1 = fromHex("2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c");
    for (const bad of [Yi1, new Uint8Array(32)]) expect(reasonOf(() => times(s, bad))).toBe("share");
  });
  test("prepend_len and lv_cat", () => {
    expect(hex(lvCat(""))).toBe("00");
    expect(hex(lvCat("1234"))).toBe("0431323334");
    expect(hex(lvCat(rising(0, 127)))).toBe(`7f${hex(rising(0, 127))}`);
    expect(hex(lvCat(rising(0, 128)))).toBe(`8001${hex(rising(0, 128))}`);
    expect(hex(lvCat("1234", "5", "", "678"))).toBe("043132333401350003363738");
  });
});

/** libsodium, core_ristretto255: encodings that are no points. */
const NO_POINTS = `00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
0100000000000000000000000000000000000000000000000000000000000000
01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20
c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562
c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78
47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24
f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72
87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309
26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371
4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f
de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b
bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042
2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08
f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22
8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731
2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b
3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e
a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220
d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e
8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32
32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b
227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165
5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e
445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b
ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f`.split("\n");

/** RFC 9496 A.3, libsodium core_ristretto255: 64 uniform bytes and the point made of them. */
const FROM_HASH = [
  [
    "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c14d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6",
    "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46",
  ],
  [
    "f116b34b8f17ceb56e8732a60d913dd10cce47a6d53bee9204be8b44f6678b270102a56902e2488c46120e9276cfe54638286b9e4b3cdb470b542d46c2068d38",
    "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b",
  ],
  [
    "2cdc11eaeb95daf01189417cdddbf95952993aa9cb9c640eb5058d09702c74622c9965a697a3b345ec24ee56335b556e677b30e6f90ac77d781064f866a3c982",
    "80bd07262511cdde4863f8a7434cef696750681cb9510eea557088f76d9e5065",
  ],
] as const;

describe("[TP1 3.1] ristretto255", () => {
  const B = fromHex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");
  const scalar = (n: number) => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? n : 0));
  test("bytes that are no points are refused by name", () => {
    expect(NO_POINTS).toHaveLength(29);
    for (const bad of NO_POINTS) expect(reasonOf(() => times(scalar(3), fromHex(bad)))).toBe("share");
  });
  test("points from hashes", () => {
    for (const [wide, point] of FROM_HASH) {
      expect(hex(sodium.crypto_core_ristretto255_from_hash(fromHex(wide)))).toBe(point);
    }
  });
  test("multiples of the generator, and none where the multiple is the neutral element", () => {
    expect([1, 2, 3].map((n) => hex(times(scalar(n), B)))).toEqual([
      "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
      "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
      "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
    ]);
    const order = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    for (const zero of [order, scalar(0)]) expect(reasonOf(() => times(zero, B))).toBe("share");
  });
});

describe("[TP1 3.1] curve25519", () => {
  test("X25519: RFC 7748 6.1", () => {
    const a = fromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const b = fromHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    const [A, Bk] = [a, b].map((secret) => sodium.crypto_scalarmult_base(secret)) as [Bytes, Bytes];
    expect(hex(A)).toBe("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    expect(hex(Bk)).toBe("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    const shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    expect([hex(sodium.crypto_scalarmult(a, Bk)), hex(sodium.crypto_scalarmult(b, A))]).toEqual([
      shared,
      shared,
    ]);
  });
  test.each([
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ])("the share of low order %s makes no keys: share", (share) => {
    const [psk, secret, th] = [1, 2, 3].map((n) => new Uint8Array(32).fill(n)) as [Bytes, Bytes, Bytes];
    expect(reasonOf(() => keysOf(psk, secret, fromHex(share), th))).toBe("share");
  });
  test("Ed25519: RFC 8032 7.1, tests 1 and 2", () => {
    const cases = [
      [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      ],
      [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      ],
    ] as const;
    for (const [seed, key, message, signature] of cases) {
      const pair = sodium.crypto_sign_seed_keypair(fromHex(seed));
      expect(hex(pair.publicKey)).toBe(key);
      expect(hex(sodium.crypto_sign_detached(fromHex(message), pair.privateKey))).toBe(signature);
      const verify = (bytes: Bytes) =>
        sodium.crypto_sign_verify_detached(bytes, fromHex(message), pair.publicKey);
      expect([verify(fromHex(signature)), verify(flipped(fromHex(signature), 9))]).toEqual([true, false]);
    }
  });
});

describe("[TP1 3.1] hashes and keys", () => {
  test("SHA-512 and BLAKE2b of “abc”: FIPS 180, RFC 7693", () => {
    expect(hex(sodium.crypto_hash_sha512(utf8("abc")))).toBe(
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    );
    expect(hex(sodium.crypto_generichash(64, utf8("abc"), null))).toBe(
      "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
    );
  });
  test("BLAKE2b with a key: the first of the reference vectors", () => {
    expect(hex(sodium.crypto_generichash(64, new Uint8Array(0), rising(0, 64)))).toBe(
      "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568",
    );
  });
  test("crypto_kdf: libsodium's kdf", () => {
    const derive = (length: number, id: number) =>
      hex(sodium.crypto_kdf_derive_from_key(length, id, "KDF test", rising(0, 32)));
    expect(derive(64, 0)).toBe(
      "a0c724404728c8bb95e5433eb6a9716171144d61efb23e74b873fcbeda51d8071b5d70aae12066dfc94ce943f145aa176c055040c3dd73b0a15e36254d450614",
    );
    expect(derive(16, 16)).toBe("a529216624ef9161e4cf117272aafff2");
    expect(derive(32, 32)).toBe("154b291f11196737f8b7f491e4ca11764e0227d34f94295408a869f007aa8618");
  });
  test("Argon2id: libsodium's pwhash_argon2id, and another library at our own cost", () => {
    const password = fromHex(
      "a347ae92bce9f80f6f595a4480fc9c2fe7e7d7148d371e9487d75f5c23008ffae065577a928febd9b1973a5a95073acdbeb6a030cfc0d79caa2dc5cd011cef02c08da232d76d52dfbca38ca8dcbd665b17d1665f7cf5fe59772ec909733b24de97d6f58d220b20c60d7c07ec1fd93c52c31020300c6c1facd77937a597c7a6",
    );
    const salt = fromHex("5541fbc995d5c197ba290346d2c559de");
    const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
    expect(hex(sodium.crypto_pwhash(155, password, salt, 5, 7_256_678, algorithm))).toStartWith(
      "18acec5d6507739f203d1f5d9f1d862f7c2cdac4f19d2bdff64487e60d969e3ced615337b9eec6ac4461c6ca07f0939741e57c24d0005c7ea171a0ee1e7348249d135b38f222e4dad7b9a033ed83f5ca27277393e316582033c74affe2566a2bea47f91f0fd9fe49ece7e1f79f3ad6e9b23e0277c8ecc4b313225748dd2a80f5",
    );
    const ours = sodium.crypto_pwhash(32, password, salt, 3, 8 * 1024 * 1024, algorithm);
    expect(hex(ours)).toBe(hex(argon2id(password, salt, { t: 3, m: 8 * 1024, p: 1, dkLen: 32 })));
  });
});

describe("[TP1 3.1] XChaCha20-Poly1305", () => {
  const plain = utf8(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const [key, ad] = [rising(0x80, 32), fromHex("50515253c0c1c2c3c4c5c6c7")];
  test("draft-irtf-cfrg-xchacha A.3.1", () => {
    const box = sealBox(key, ad, plain, () => rising(0x40, 24));
    expect(hex(box.subarray(24))).toBe(
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49",
    );
    expect(openBox(key, ad, box)).toEqual(plain);
  });
  test("libsodium's aead_xchacha20poly1305: any changed byte, another key, no tag at all", () => {
    const nonce = fromHex("07000000404142434445464748494a4b4c4d4e4f50515253");
    const box = sealBox(key, ad, plain, () => nonce);
    expect(hex(box.subarray(24))).toBe(hex(xchacha20poly1305(key, nonce, ad).encrypt(plain)));
    for (let at = 0; at < box.length; at++) {
      expect(reasonOf(() => openBox(key, ad, flipped(box, 8 * at)))).toBe("sealed");
      expect(reasonOf(() => openBox(key, ad, box.subarray(0, at)))).toBe("sealed");
    }
    expect(reasonOf(() => openBox(rising(0, 32), ad, box))).toBe("sealed");
    expect(reasonOf(() => openBox(key, ad.subarray(1), box))).toBe("sealed");
  });
});
