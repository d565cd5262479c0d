/** A server that lies between two real browsers (TP1 §3.3): it may block, it cannot take part, read or change. */
import { decode, encode } from "@msgpack/msgpack";
import { lies, type Message } from "./liar.ts";
import { entersRoom, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** First byte of what is relayed: 0 knock, 1 handshake, 2 channel. */
const kindOf = (message: Message) => (message.t === "relay" ? message.data?.[0] : undefined);

function flipped(message: Message): Message {
  const data = Uint8Array.from(message.data ?? []);
  const last = data.length - 1;
  data[last] = (data[last] ?? 0) ^ 1;
  return { ...message, data };
}

test("hostile-server: one bit of the handshake changed, and there is no call, no name, one calm sentence", async ({
  therapist,
  client,
}) => {
  await lies(client.page, (message) => [kindOf(message) === 1 ? flipped(message) : message]);
  await registers(therapist.page, "praxis-boese");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(
    client.page.getByText("Am anderen Ende war nicht sicher Ihre Therapeut:in", { exact: false }),
  ).toBeVisible();
  await expect(therapist.page.getByRole("heading", { name: "K-1 ist noch nicht da" })).toBeVisible();
  await expect(client.page.getByTestId("remote")).toHaveCount(0);
});

test("hostile-server: sealed messages changed on the way end the channel; honest again, the call comes about by a new handshake", async ({
  therapist,
  client,
}) => {
  let changes = 2;
  await lies(client.page, (message, way) => {
    if (kindOf(message) !== 2 || way !== "to the page" || changes === 0) return [message];
    changes -= 1;
    return [flipped(message)];
  });
  await registers(therapist.page, "praxis-boese-2");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(changes).toBe(0);
});

test("hostile-server: everything repeated changes nothing, everything sealed withheld connects nobody", async ({
  therapist,
  client,
}) => {
  let withheld = false;
  await lies(client.page, (message) => {
    if (withheld && kindOf(message) === 2) return [];
    return kindOf(message) === undefined ? [message] : [message, message, message];
  });
  await registers(therapist.page, "praxis-boese-3");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  withheld = true;
  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "proving");
  await expect(client.page.getByTestId("remote")).toHaveCount(0);
});

test("hostile-server: it cannot make somebody mute, rename anybody or let itself in", async ({
  therapist,
  client,
}) => {
  let peer: unknown;
  let forge: ((message: Message) => void) | undefined;
  await therapist.page.routeWebSocket(/\/signal$/, (socket) => {
    const server = socket.connectToServer();
    forge = (message) => socket.send(Buffer.from(encode(message)));
    server.onMessage((bytes) => {
      const message = decode(Buffer.from(bytes as Buffer)) as Message;
      if (message.t === "relay") peer = message.from;
      socket.send(bytes);
    });
  });
  await registers(therapist.page, "praxis-boese-4");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByLabel("Ihr Name").fill("Mila");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  // what is said of a person outside the seal, in every form a server could try
  const plain = (said: object) => Uint8Array.from([2, ...encode(said)]);
  const ghost = "f".repeat(32);
  for (const from of [peer, ghost]) {
    forge?.({
      t: "relay",
      from,
      n: 9_000,
      ack: 0,
      data: plain({ t: "media", mic: false, cam: false, screen: false }),
    });
    forge?.({
      t: "relay",
      from,
      n: 9_001,
      ack: 0,
      data: plain({ t: "join", known: null, label: "Fremdling" }),
    });
  }
  await expect(therapist.page.getByText("Mila", { exact: false })).toBeVisible();
  await expect(therapist.page.getByText("Fremdling", { exact: false })).toHaveCount(0);
  await expect(therapist.page.getByText("Mikrofon aus", { exact: false })).toHaveCount(0);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
});

test("hostile-server: an admission and an offer in the clear, sealed messages withheld for them, are not believed; honest again, the call comes about", async ({
  therapist,
  client,
}) => {
  await client.page.addInitScript(() => {
    const Real = RTCPeerConnection;
    const described: string[] = [];
    Object.assign(window, { described });
    window.RTCPeerConnection = class extends Real {
      override setRemoteDescription(description: RTCSessionDescriptionInit) {
        described.push(description.sdp ?? "");
        return super.setRemoteDescription(description);
      }
    };
  });
  const offer = { t: "sdp", type: "offer", sdp: "v=0\r\no=- 4711 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n" };
  const admit = { t: "admit", csid: new Uint8Array(16), mode: "direct", slot: 1, ds: null, words: "de" };
  const clear = [admit, offer, admit, offer];
  await lies(client.page, (message, way) => {
    const said = kindOf(message) === 2 && way === "to the page" ? clear.shift() : undefined;
    // in the place of a sealed message, and once more beside it as if the server itself had said so
    return said ? [said, { ...message, data: Uint8Array.from([2, ...encode(said)]) }] : [message];
  });
  await registers(therapist.page, "praxis-boese-5");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(clear).toEqual([]);
  const described = await client.page.evaluate(
    () => (window as unknown as { described: string[] }).described,
  );
  expect(described.length).toBeGreaterThan(0);
  expect(described.filter((sdp) => sdp.includes("4711"))).toEqual([]);
});
