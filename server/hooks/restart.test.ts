/** What waited when the server was stopped, or killed, is sent by the next start; seen from outside, against the real server. */
import { afterAll, expect, test } from "bun:test";
import { openStore } from "../../db/store.ts";
import { type CallId, newId, type Rid, type RoomId } from "../../wire/ids.ts";
import { dataFolder, startServer } from "../testing/process.ts";
import { newToken, practiceWith, program } from "../testing/program.ts";

const data = dataFolder();
afterAll(() => data.remove());

test("a delivery outlives SIGKILL, and is sent once the next server is up", async () => {
  const heard: { body: string; signature: string | null }[] = [];
  const site = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      heard.push({ body: await request.text(), signature: request.headers.get("tpc-signature") });
      return new Response(null, { status: heard.length === 1 ? 503 : 204 });
    },
  });
  const env = { WEBHOOK_ALLOW: `127.0.0.1:${site.port}` };
  const first = await startServer(data.path, env);
  const { browser, links } = await practiceWith(first, 2);
  const ask = program(first, (await newToken(browser)).token);
  const url = `http://127.0.0.1:${site.port}/in`;
  expect((await ask("POST", "/webhooks", { url })).status).toBe(201);
  const room = await ask("POST", "/rooms", { clients: links.map((rid) => [rid]) });
  first.kill("SIGKILL");
  await first.exited;

  const call = newId<CallId>();
  await putInQueue(room.body.room as RoomId, call, links);
  const second = await startServer(data.path, env);
  while (heard.length === 0) await Bun.sleep(10);
  expect(JSON.parse(heard[0]?.body ?? "")).toMatchObject({ event: "call.started", call, rids: links });
  second.kill("SIGTERM");
  await second.exited;
  const log = second.log();
  expect(log).toContain("webhook.failed");
  for (const secret of [call, ...links, String(site.port)])
    expect(log.split("server.ready")[1]).not.toContain(secret);
  await site.stop(true);
}, 20_000);

/** As a server puts it there in the moment before it dies. */
async function putInQueue(room: RoomId, call: CallId, [rid]: readonly Rid[]): Promise<void> {
  const store = await openStore({ url: `file:${data.file}`, token: null });
  const practice = await store.rooms.practiceOfLink(rid as Rid);
  if (practice === null) throw new Error("no practice");
  await store.deliveries.began({ practice, room, call, at: Date.now() }, "run");
  await store.close();
}
