/** What every transport of media sessions promises (PROTOCOL.md "Relay" T5–T9); each calls this suite with a page of its own. */
import { afterEach, describe, expect, test } from "bun:test";
import { type Bytes, u32be } from "../../../wire/bytes.ts";
import { CLOSE } from "../../../wire/close.ts";
import { FRAME_MAX_BYTES } from "../../../wire/frame.ts";
import { DATAGRAM_MAX_BYTES } from "../../../wire/hop.ts";
import { HELD_MAX_BYTES, SILENT_MS } from "../media-loop.ts";
import { Hall } from "./hall.ts";

/** A page's end of one session, as a test drives it. */
export type Page = {
  readonly got: Bytes[];
  /** The code it was closed with, once it is. */
  readonly code: number | null;
  loose(items: readonly Bytes[]): void;
  sure(item: Bytes): void;
  picture(group: number, item: Bytes): void;
  close(): void;
  /** Stops reading, and goes on. */
  pause(): void;
  resume(): void;
};

export type Way = {
  readonly hasDatagrams: boolean;
  /** A session for a token; resolves when the core has heard of it. Rejects where the token is not good. */
  connect(hall: Hall, token: Bytes): Promise<Page>;
  /** Ends what the test began. */
  end(): Promise<void>;
};

const bytes = (length: number, fill = 0x40): Bytes => new Uint8Array(length).fill(fill);
const SIZES = [1, 24, 1000, 20_000, 300_000, FRAME_MAX_BYTES];

/** Tests `way` as `name`. */
export function mediaContract(name: string, way: Way): void {
  const begin = async () => {
    const hall = new Hall();
    const page = await way.connect(hall, hall.token());
    return { hall, page, link: hall.link };
  };
  afterEach(() => way.end());

  describe(`media sessions by ${name}`, () => {
    test("[T6] 10,000 frames of one group arrive in their order", async () => {
      const { hall, page, link } = await begin();
      for (let at = 0; at < 10_000; at += 2) {
        const pair = [at, at + 1].map((n) => ({ t: "picture", link, group: 7, item: u32be(n) }) as const);
        hall.act(...pair);
        // as frames come from another session: not all in one turn of the loop
        if (at % 50 === 0) await new Promise((done) => setImmediate(done));
      }
      await hall.until(() => page.got.length === 10_000);
      expect(
        page.got.findIndex((item, n) => new DataView(item.buffer, item.byteOffset).getUint32(0) !== n),
      ).toBe(-1);
    });

    test("[T5] items of every size come in and go out whole", async () => {
      const { hall, page, link } = await begin();
      for (const size of SIZES) {
        page.sure(bytes(size, 0x41));
        page.picture(1, bytes(size, 0x42));
      }
      await hall.until(() => hall.items.length === 2 * SIZES.length);
      const lengths = (items: readonly Bytes[], fill: number) =>
        items.filter((item) => item.every((byte) => byte === fill)).map(({ length }) => length);
      expect(lengths(hall.items, 0x41)).toEqual(SIZES);
      expect(lengths(hall.items, 0x42)).toEqual(SIZES);
      for (const size of SIZES) {
        hall.act({ t: "sure", link, item: bytes(size, 0x43) });
        hall.act({ t: "picture", link, group: 1, item: bytes(size, 0x44) });
      }
      await hall.until(() => page.got.length === 2 * SIZES.length);
      expect(lengths(page.got, 0x43)).toEqual(SIZES);
      expect(lengths(page.got, 0x44)).toEqual(SIZES);
    });

    test("[T5] several loose items at once stay several items", async () => {
      const { hall, page, link } = await begin();
      const items = [bytes(90), bytes(122), bytes(2)];
      page.loose(items);
      hall.act({ t: "loose", link, items });
      await hall.until(() => page.got.length === 3 && hall.items.length === 3);
      expect([page.got, hall.items]).toEqual([items, items]);
    });

    test("[T5] an item longer than any frame ends the session as garbage, the server goes on", async () => {
      const { hall, page } = await begin();
      page.picture(3, bytes(FRAME_MAX_BYTES + 1));
      await hall.until(() => page.code !== null);
      expect(page.code).toBe(CLOSE.garbage.code);
      expect(hall.loop.counts).toEqual({ garbage: 1 });
      expect(hall.loop.sessions).toBe(0);
      const other = await way.connect(hall, hall.token());
      other.sure(bytes(5));
      await hall.until(() => hall.items.length === 1);
    });

    test("[T8] a line that is silent for 15 s is lost, one heard a moment before is not", async () => {
      const { hall, page } = await begin();
      hall.skip = SILENT_MS - 1;
      page.sure(bytes(5));
      await hall.until(() => hall.items.length === 1);
      hall.skip += SILENT_MS - 1;
      hall.tick();
      expect(hall.loop.sessions).toBe(1);
      hall.skip += SILENT_MS;
      hall.tick();
      expect(hall.all("closed")).toHaveLength(1);
      await hall.until(() => page.code === CLOSE.lost.code);
    });

    test("[T7] what a slow reader leaves lying is told, and told again when it has fallen", async () => {
      const { hall, page, link } = await begin();
      page.pause();
      const held = () => hall.all("held").at(-1)?.bytes ?? 0;
      let sent = 0;
      for (; held() < 1_000_000 && sent < 400; sent++) {
        hall.act({ t: "picture", link, group: 1, item: bytes(200_000) });
        await new Promise((done) => setImmediate(done));
      }
      expect(held()).toBeGreaterThan(0);
      page.resume();
      await hall.until(() => held() === 0 && page.got.length === sent);
    });

    test("[T7] a reader that stands still is lost before it costs more", async () => {
      const { hall, page, link } = await begin();
      page.pause();
      for (let sent = 0; hall.loop.sessions > 0 && sent < 400; sent++) {
        hall.act({ t: "picture", link, group: 1, item: bytes(FRAME_MAX_BYTES) });
        await new Promise((done) => setImmediate(done));
      }
      expect(hall.loop.counts).toEqual({ lost: 1 });
      const most = Math.max(...hall.all("held").map((event) => event.bytes));
      expect(most).toBeLessThanOrEqual(HELD_MAX_BYTES);
    });

    test("[T6] an ended group arrives whole; a cut one takes no other with it", async () => {
      const { hall, page, link } = await begin();
      const picture = (group: number, fill: number) =>
        ({ t: "picture", link, group, item: bytes(5000, fill) }) as const;
      hall.act(picture(1, 1), picture(1, 1), { t: "group-end", link, group: 1, cut: false });
      hall.act(picture(2, 2), { t: "group-end", link, group: 2, cut: true });
      hall.act(picture(3, 3), picture(3, 3));
      const whole = (fill: number) =>
        page.got.filter((item) => item[0] === fill && item.length === 5000).length;
      await hall.until(() => whole(1) === 2 && whole(3) === 2);
      expect(page.got.filter((item) => item[0] === 2).length).toBeLessThanOrEqual(1);
      expect(hall.loop.sessions).toBe(1);
    });

    test("[T9] the page hears why it was closed, and the core that a page has gone", async () => {
      const { hall, page, link } = await begin();
      hall.act({ t: "close", link, word: "replaced" });
      await hall.until(() => page.code !== null);
      expect(page.code).toBe(CLOSE.replaced.code);
      const second = await way.connect(hall, hall.token());
      second.close();
      await hall.until(() => hall.all("closed").length === 2);
      expect(hall.loop.sessions).toBe(0);
      expect(hall.ticks.size).toBe(0);
    });

    test("[T9] the stop of the server ends every session, and no new one opens", async () => {
      const { hall, page } = await begin();
      const token = hall.token();
      hall.loop.stop();
      await hall.until(() => page.code === CLOSE.stopping.code);
      expect(hall.loop.take(String(token))).toBeNull();
    });

    test("[T1] a token opens one session, once; one for a slot that was lost opens none", async () => {
      const { hall } = await begin();
      const token = hall.token();
      await way.connect(hall, token);
      expect(await refusal(way.connect(hall, token))).toBe(true);
      const late = hall.token(hall.pass(1, "up"));
      hall.loop.placed({ t: "unseated", call: hall.call, slot: 1 });
      expect(await refusal(way.connect(hall, late))).toBe(true);
      expect(await refusal(way.connect(hall, new Uint8Array(24)))).toBe(true);
      expect(hall.loop.counts.pass).toBeGreaterThanOrEqual(3);
      expect(hall.loop.sessions).toBe(2);
    });

    if (!way.hasDatagrams) return;
    test("[T5] a datagram that is too long is dropped and counted, either way", async () => {
      const { hall, page, link } = await begin();
      page.loose([bytes(DATAGRAM_MAX_BYTES - 1)]);
      page.loose([bytes(DATAGRAM_MAX_BYTES - 2)]);
      hall.act({ t: "loose", link, items: [bytes(DATAGRAM_MAX_BYTES - 1)] });
      hall.act({ t: "loose", link, items: [bytes(DATAGRAM_MAX_BYTES - 2)] });
      await hall.until(() => page.got.length === 1 && hall.items.length === 1);
      expect(hall.loop.counts).toEqual({ datagram: 2 });
      expect([page.got[0]?.length, hall.items[0]?.length]).toEqual([1098, 1098]);
      expect(hall.loop.sessions).toBe(1);
    });
  });
}

function refusal(connecting: Promise<Page>): Promise<boolean> {
  return connecting.then(
    () => false,
    () => true,
  );
}
