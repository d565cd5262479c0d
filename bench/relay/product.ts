/** Our own side: the real product with its real pages. A therapist registers and opens a room for several; clients come by their links
 * and press "Beitreten". */
import { joinsGroup, startsGroup } from "../../web/journeys/group.ts";
import { entersRoom, type Person, registers } from "../../web/journeys/people.ts";
import { freePort, startProduct } from "../../web/journeys/product.ts";
import type { RxStats } from "../../web/media/messages.ts";
import type { SoundStats } from "../../web/media/sound/receiver.ts";
import type { Contender, Place } from "./contender.ts";
import { measuredPerson } from "./people.ts";

/** Which way media may take: WebTransport wherever the browser has it, or sockets alone. */
export type Way = "quic" | "socket";

const CLIENTS = Array.from({ length: 8 }, (_, i) => `B-${i + 1}`);

/** Starts the product at `place`; the first who joins is the therapist. */
export async function startOurs(place: Place, people: number, way: Way): Promise<Contender> {
  const mediaPort = way === "quic" ? await freePort() : null;
  const host = place.address === "127.0.0.1" ? "localhost" : place.address;
  const product = await startProduct(host, { TPC_MEDIA_PORT: mediaPort === null ? "off" : `${mediaPort}` });
  const { origin } = product;
  const seated: Person[] = [];
  let links: readonly string[] = [];
  const therapist = async ({ page }: Person) => {
    await registers(page, "bench");
    links = await startsGroup(page, CLIENTS.slice(0, people - 1));
    await entersRoom(page, CLIENTS[0] ?? "");
  };
  return {
    system: "therapsy",
    server: {
      pid: product.pid(),
      sends: [`tcp sport ${new URL(origin).port}`, ...(mediaPort === null ? [] : [`udp sport ${mediaPort}`])],
    },
    people: seated,
    async join() {
      const who = seated.length;
      const one = await measuredPerson(who, people, { origin, ...place.browserOf(who) });
      seated.push(one);
      if (who === 0) await therapist(one);
      else await joinsGroup(one.page, links[who - 1] ?? "", CLIENTS[who - 1] ?? "");
    },
    async wayOf({ page }) {
      const stats = await received(page);
      return { quic: "webtransport", socket: "websocket", none: "none" }[stats?.way ?? "none"];
    },
    async concealedMs({ page }) {
      const stats = await received(page);
      const voices = stats?.sound as readonly SoundStats[] | null | undefined;
      return voices ? voices.reduce((sum, voice) => sum + voice.concealedMs, 0) : null;
    },
    async close() {
      await Promise.all(seated.map(({ browser }) => browser.close()));
      await product.close();
    },
  };
}

async function received(page: Person["page"]): Promise<RxStats | undefined> {
  return (await page.evaluate(() => window.bench?.received())) ?? undefined;
}
