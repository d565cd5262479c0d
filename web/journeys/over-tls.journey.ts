/** The product ends TLS itself: cookies that only this host can set, no insecure page, and the same call. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entersRoom, joinsByLink, person, registers, startsCall } from "./people.ts";
import { startProduct } from "./product.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** A certificate for localhost; null where there is no openssl. */
function makeCertificate(folder: string): { TPC_TLS_CERT: string; TPC_TLS_KEY: string } | null {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", cert, "-keyout", key],
  ]);
  return made.status === 0 ? { TPC_TLS_CERT: cert, TPC_TLS_KEY: key } : null;
}

test("over-tls: __Host- cookies, HttpOnly and Secure, HSTS, and a call over wss", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tpc-tls-"));
  const tls = makeCertificate(folder);
  test.skip(tls === null, "needs openssl");
  const product = await startProduct("localhost", tls ?? {});
  const args = ["--ignore-certificate-errors"];
  const therapist = await person({ sign: THERAPIST, origin: product.origin, args });
  const client = await person({ sign: CLIENT, origin: product.origin, args });
  try {
    const answer = await therapist.page.goto("/");
    expect(answer?.headers()["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
    await registers(therapist.page, "praxis-tls");
    const cookies = await therapist.context.cookies();
    expect(cookies.map(({ name }) => name).sort()).toEqual(["__Host-device", "__Host-session"]);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", path: "/" });
    }
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    expect(link).toMatch(/^https:/);
  } finally {
    await Promise.all([therapist.browser.close(), client.browser.close()]);
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
