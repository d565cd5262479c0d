/** Two people without any way to each other but the operator's TURN server: it relays, and the pages say so. */
import { lanMissing, makeLan, SERVER_ADDRESS } from "./lan.ts";
import { entersRoom, joinsByLink, person, registers, startsCall } from "./people.ts";
import { freePort, startProduct } from "./product.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";
import { startTurn, turnMissing } from "./turn.ts";

test("turn-relays: credentials of the moment open a real coturn, the picture goes over it", async () => {
  const missing = lanMissing() ?? turnMissing();
  test.skip(missing !== null, missing ?? "");
  const lans = [makeLan(1, "server only"), makeLan(2, "server only")] as const;
  const turn = await startTurn(SERVER_ADDRESS, await freePort());
  const product = await startProduct(SERVER_ADDRESS, {
    TPC_TURN_URL: turn.url,
    TPC_TURN_SECRET: turn.secret,
  });
  const therapist = await person({ sign: THERAPIST, origin: product.origin, executable: lans[0].browser });
  const client = await person({ sign: CLIENT, origin: product.origin, executable: lans[1].browser });
  try {
    await registers(therapist.page, "praxis-turn");
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    await expectTone(therapist.page, "remote", CLIENT);
    for (const { page } of [therapist, client]) {
      await expect(page.getByTestId("line")).toHaveText("Über den eigenen Server verbunden");
    }
    expect(turn.log()).toMatch(/ALLOCATE processed, success/);
  } finally {
    await Promise.all([therapist.browser.close(), client.browser.close()]);
    await product.close();
    await turn.close();
    for (const lan of lans) lan.close();
  }
});
