/** Three servers behind Caddy, by the very file of deploy/nodes: pages go where their room is, and the death of that server ends no call. The
 * database is a double of a remote one (Hrana over HTTP on an embedded file), no real sqld. */

import { startCaddyOfNodes } from "../../scripts/container/beside.ts";
import { type NodeName, startCluster } from "../../server/testing/cluster.ts";
import { hasNoRedis } from "../../server/testing/redis.ts";
import { pathAt } from "../../wire/node.ts";
import { expectHeard, expectPerson, joinsGroup, listensIn, startsGroup } from "./group.ts";
import { entersRoom, type Person, person, registers } from "./people.ts";
import { freePort } from "./product.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

const missing = () => {
  if (hasNoRedis) return "needs redis-server";
  return Bun.which("caddy") ? null : "needs caddy";
};

/** Paths of the sockets that this page has opened. */
function socketsOf({ page }: Person): string[] {
  const paths: string[] = [];
  page.on("websocket", (socket) => paths.push(new URL(socket.url()).pathname));
  return paths;
}

test("node-dies: a group goes on at another server by itself, and one who comes later finds it there", async () => {
  test.skip(missing() !== null, missing() ?? "");
  test.slow();
  const port = await freePort();
  const origin = `https://localhost:${port}`;
  // pictures by WebSocket too: what is looked at is the way by the router
  const settings = { TPC_ORIGIN: origin, TPC_TRUST_PROXY: "x-forwarded-for", TPC_MEDIA_PORT: "off" };
  const cluster = await startCluster(settings);
  const caddy = await startCaddyOfNodes(cluster.ports(), port);
  const people: Person[] = [];
  const comes = async (sign: typeof CLIENT) => {
    const one = await person({ sign, origin, args: ["--ignore-certificate-errors"] });
    people.push(one);
    await listensIn(one.page);
    return one;
  };
  try {
    const [therapist, a, b] = [await comes(THERAPIST), await comes(CLIENT), await comes(THIRD)];
    const sockets = socketsOf(a);
    await registers(therapist.page, "praxis-knoten");
    const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
    await entersRoom(therapist.page, "G-1");
    await joinsGroup(a.page, links[0] ?? "", "Ada");
    await joinsGroup(b.page, links[1] ?? "", "Bo");
    await expectPerson(a.page, 0, THERAPIST);
    await expectPerson(b.page, 1, CLIENT);
    const media = () => sockets.filter((path) => path.endsWith("/media")).at(-1) ?? "";
    const node = media().split("/")[2] as NodeName;
    expect(media()).toBe(pathAt(node, "/media"));
    await cluster.kill(node);
    await expect
      .poll(() => media(), { message: "media are at another server", timeout: 60_000 })
      .not.toBe(pathAt(node, "/media"));
    for (const { page } of people)
      await expect(page.getByTestId("line")).toHaveAttribute("data-line", "open", { timeout: 60_000 });
    await expectPerson(a.page, 0, THERAPIST);
    await expectPerson(b.page, 1, CLIENT);
    await expectPerson(therapist.page, 2, THIRD);
    await expectHeard(a.page, THIRD);
    await a.page.reload();
    for (let presses = 0; presses < 2; presses++)
      await a.page.getByRole("button", { name: "Beitreten" }).click();
    await expectPerson(a.page, 0, THERAPIST);
    await expectPerson(b.page, 1, CLIENT);
  } finally {
    await Promise.all(people.map(({ browser }) => browser.close()));
    await caddy.close();
    await cluster.end();
  }
});
