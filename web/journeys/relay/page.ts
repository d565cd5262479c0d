/** A page that has nothing but the media of a relayed call: keys and passes come from the hall, and a journey asks what is seen. */
import { keysOfEpoch } from "../../../wasm/roster.ts";
import { Sealer } from "../../../wasm/sealer.ts";
import { ready } from "../../../wasm/sodium.ts";
import { fromHex } from "../../../wire/bytes.ts";
import { STREAM } from "../../../wire/frame.ts";
import type { MediaPasses, PlaneState, PlaneWant } from "../../call/relay-plane.ts";
import { able } from "../../media/able.ts";
import { RelayMedia } from "../../media/relay-media.ts";

/** What the hall says to `/passes` and `/epoch`, bytes as hex. */
export type SaidPasses = {
  readonly up: readonly [string, string];
  readonly down: readonly [string, string];
  readonly quic: readonly { readonly port: number; readonly hash: string }[];
};
export type SaidEpoch = {
  readonly csid: string;
  readonly rv: number;
  readonly secret: string;
  readonly pids: readonly string[];
};

export type RelayPage = {
  readonly media: RelayMedia;
  readonly states: PlaneState[];
  readonly pictures: Map<string, HTMLVideoElement | HTMLCanvasElement>;
  readonly gone: string[];
  readonly data: number[];
  levels: readonly { readonly slot: number; readonly level: number }[];
  isDead: boolean;
  /** From the making of the media to both sessions open. */
  openedMs: number | null;
  /** Performance time of the first picture of each place. */
  readonly firstAt: Map<string, number>;
  readonly able: typeof able;
  /** Takes the hall's newest epoch over. */
  epoch(): Promise<void>;
  mute(muted: boolean): void;
  /** Seals a frame of stream 15 with so many bytes in it, and sends it. */
  sendsData(bytes: number): boolean;
};

declare global {
  interface Window {
    /** Comes into the hall's call in this slot. */
    enter?: (slot: number) => Promise<void>;
    relay?: RelayPage;
    look?: (wants: PlaneWant[]) => void;
    /** As if the tab went into the background, or came back. */
    hide?: (isHidden: boolean) => void;
  }
}

const asked = new URLSearchParams(location.search);
/** The discard port: nobody answers there. */
const NOBODY = 9;

for (const name of (asked.get("missing") ?? "").split(",")) {
  Reflect.deleteProperty(globalThis, name);
}

async function said<T>(path: string): Promise<T> {
  return (await (await fetch(path)).json()) as T;
}

async function passes(slot: number): Promise<MediaPasses> {
  const { up, down, quic } = await said<SaidPasses>(`/passes?slot=${slot}`);
  const pair = ([first, second]: readonly [string, string]) => [fromHex(first), fromHex(second)] as const;
  const ports = quic.map(({ port, hash }) => ({
    port: asked.get("udp") === "unanswered" ? NOBODY : port,
    hash: fromHex(hash),
  }));
  return { node: null, slot, up: pair(up), down: pair(down), quic: ports };
}

window.enter = async (slot) => {
  await ready();
  const { pids } = await said<SaidEpoch>("/epoch");
  const pid = fromHex(pids[slot] ?? "");
  const began = performance.now();
  const media = new RelayMedia({
    pid,
    slot,
    passes: () => passes(slot),
    host: location.hostname,
    onState: (state) => {
      page.states.push(state);
      if (state.line === "open") page.openedMs ??= performance.now() - began;
    },
    onData: (frame) => page.data.push(frame.length),
    onSaid: () => undefined,
    onLevels: (levels) => {
      page.levels = levels;
    },
    onPicture: (of, screen, element) => place(`${of} ${screen ? "screen" : "camera"}`, element),
    onDead: () => {
      page.isDead = true;
    },
  });
  const place = (name: string, element: HTMLVideoElement | HTMLCanvasElement | null) => {
    page.pictures.get(name)?.remove();
    page.pictures.delete(name);
    if (element === null) return void page.gone.push(name);
    element.dataset.testid = name;
    element.style.width = "320px";
    document.body.append(element);
    page.pictures.set(name, element);
    if (!page.firstAt.has(name)) page.firstAt.set(name, performance.now());
  };
  const sealer = new Sealer({ pid, slot, streams: [STREAM.data] });
  let isDataKeyed = false;
  const epoch = async () => {
    const { csid, rv, secret, pids: all } = await said<SaidEpoch>("/epoch");
    const roster = all.map((one, at) => ({ slot: at, pid: fromHex(one), name: "" }));
    const keys = () => keysOfEpoch({ csid: fromHex(csid), rv, secret: fromHex(secret), roster }, pid);
    if (!isDataKeyed) sealer.use(keys());
    isDataKeyed = true;
    media.install(keys());
  };
  const page: RelayPage = {
    media,
    states: [],
    pictures: new Map(),
    gone: [],
    data: [],
    levels: [],
    isDead: false,
    openedMs: null,
    firstAt: new Map(),
    able,
    epoch,
    sendsData: (bytes) => media.sendData(sealer.seal(STREAM.data, new Uint8Array(bytes))),
    mute: (muted) => {
      if (microphone) microphone.enabled = !muted;
      media.capture({ camera, microphone, screen: null });
    },
  };
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720 },
    audio: true,
  });
  const [camera = null] = stream.getVideoTracks();
  const [microphone = null] = stream.getAudioTracks();
  window.relay = page;
  window.hide = (isHidden) => {
    Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  window.look = (wants) => media.view(wants);
  await epoch();
  media.allow(true);
  media.capture({ camera, microphone, screen: null });
};
