/** Two people without any way to each other but the operator's TURN server: it relays, and the pages say so. */
import { expectHeard, expectPerson, listensIn } from "./group.ts";
import { SERVER_ADDRESS } from "./lan.ts";
import { meets } from "./people.ts";
import { freePort } from "./product.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { test as base, expect } from "./stage.ts";
import { startTurn, type Turn, turnMissing } from "./turn.ts";

const test = base.extend<{ turn: Turn }>({
  host: SERVER_ADDRESS,
  settings: async ({ turn }, use) => use({ TPC_TURN_URL: turn.url, TPC_TURN_SECRET: turn.secret }),
  turn: async ({ lan: _ }, use, info) => {
    const missing = turnMissing();
    info.skip(missing !== null, missing ?? "");
    const turn = await startTurn(SERVER_ADDRESS, await freePort());
    await use(turn);
    await turn.close();
  },
});

test("turn-relays: credentials of the moment open a real coturn, the picture goes over it; when it is gone, the call goes on", async ({
  lan,
  turn,
  another,
}) => {
  test.slow();
  const therapist = await another({ sign: THERAPIST, executable: lan("server only").browser });
  const client = await another({ sign: CLIENT, executable: lan("server only").browser });
  for (const { page } of [therapist, client]) await listensIn(page);
  await meets(therapist.page, client.page, "praxis-turn");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectTone(therapist.page, "remote", CLIENT);
  for (const { page } of [therapist, client]) {
    await expect(page.getByTestId("line")).toHaveText("Über den eigenen Server verbunden");
  }
  expect(turn.log()).toMatch(/ALLOCATE processed, success/);

  // its end is not the call's: after a moment both go on over the own relay, without a click
  await turn.close();
  await expect(client.page.getByTestId("line-card")).toBeVisible({ timeout: 40_000 });
  await expect(client.page.getByTestId("line-card")).toBeHidden({ timeout: 60_000 });
  await expectPerson(client.page, 0, THERAPIST);
  await expectPerson(therapist.page, 1, CLIENT);
  await expectHeard(therapist.page, CLIENT);
});
