/** A lying server at the therapist's vault (TP1 §2.10, §3.3), in a real browser: an older vault is reported, a cheap key derivation is
 * refused before anything leaves, swapped wraps open nothing. */
import { logsIn, registers, startsCall } from "./people.ts";
import { expect, test } from "./stage.ts";

test("hostile-vault: an older vault is shown as what it is, in one calm sentence", async ({ therapist }) => {
  const { page } = therapist;
  let kept: Buffer | undefined;
  let isLying = false;
  await page.route("**/api/vault", async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const answer = await route.fetch();
    kept ??= await answer.body();
    return route.fulfill(isLying ? { response: answer, body: kept } : { response: answer });
  });
  await registers(page, "praxis-alt");
  await page.reload();
  await startsCall(page, "K-1");
  isLying = true;
  await page.reload();
  await expect(page.getByText("Der Server zeigt einen älteren Stand Ihrer Einträge")).toBeVisible();
});

test("hostile-vault: a cheap key derivation is refused, and the password's keys are not sent", async ({
  therapist,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-billig");
  await page.context().clearCookies();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(new URL(request.url()).pathname);
  });
  await page.route("**/api/salt", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), passes: 1, memoryBytes: 8_192 },
    });
  });
  await page.goto("/login");
  await page.getByLabel("Benutzername").fill("praxis-billig");
  await page.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(
    page.getByText("Der Server verlangt eine zu schwache Verschlüsselung", { exact: false }),
  ).toBeVisible();
  expect(sent).toEqual(["/api/salt"]);
  await page.unroute("**/api/salt");
  await logsIn(page, "praxis-billig", passphrase);
});
