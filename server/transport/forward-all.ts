/** A core that forwards every frame to everybody else of the call and drops nothing: what the relay runs on until the forwarding core
 * with queues, acks and layers takes its place. */
import { readHeader, STREAM } from "../../wire/frame.ts";
import { decodeControl, encodeControl, isControl, toRelay } from "../../wire/relay.ts";
import type { Effect, Event, LinkId, Pass } from "../sfu/events.ts";

const WANTED = [STREAM.camera0, STREAM.camera1, STREAM.screen].map((stream) => ({ stream, kbps: 500 }));

/** Answers events as `server/sfu/events.ts` says. */
export function createForwardAll(): { handle(event: Event, now: number): Effect[] } {
  const links = new Map<LinkId, Pass>();
  /** Per sender's slot and stream: the number of its group of pictures. */
  const groups = new Map<string, number>();
  const ofWay = (way: Pass["way"], fits: (pass: Pass) => boolean) =>
    [...links].filter(([, pass]) => pass.way === way && fits(pass)).map(([link]) => link);

  const frame = (from: Pass, item: Extract<Event, { t: "item" }>["item"]): Effect[] => {
    const header = readHeader(item);
    if (!header || header.slot !== from.slot || from.way !== "up")
      return [{ t: "count", what: header ? "slot" : "garbage" }];
    const to = ofWay("down", (pass) => pass.call === from.call && pass.slot !== from.slot);
    if (header.kind === "audio") return to.map((link) => ({ t: "loose", link, items: [item] }));
    if (header.kind === "data") return to.map((link) => ({ t: "sure", link, item }));
    const key = `${from.call} ${from.slot} ${header.stream}`;
    const before = groups.get(key) ?? 0;
    const group = header.key ? before + 32 : before;
    groups.set(key, group);
    const number = (of: number) => of * 256 + from.slot * 16 + header.stream;
    return to.flatMap((link): Effect[] => [
      ...(header.key ? [{ t: "group-end", link, group: number(before), cut: false } as const] : []),
      { t: "picture", link, group: number(group), item },
    ]);
  };

  const control = (from: Pass, item: Extract<Event, { t: "item" }>["item"]): Effect[] => {
    const message = decodeControl(toRelay, item);
    if (message?.t !== "key") return [];
    const asked = encodeControl({ t: "key", stream: message.stream });
    return ofWay("up", (pass) => pass.call === from.call && pass.slot === message.slot).map((link) => ({
      t: "sure",
      link,
      item: asked,
    }));
  };

  return {
    handle(event) {
      if (event.t === "opened") {
        links.set(event.link, event.pass);
        const item = encodeControl({ t: "want", streams: WANTED });
        return event.pass.way === "up" ? [{ t: "sure", link: event.link, item }] : [];
      }
      if (event.t === "closed") links.delete(event.link);
      if (event.t !== "item") return [];
      const from = links.get(event.link);
      if (!from) return [];
      return isControl(event.item) ? control(from, event.item) : frame(from, event.item);
    },
  };
}
