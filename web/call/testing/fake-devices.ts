/** A stand-in for `navigator.mediaDevices` in unit tests: devices are plugged and pulled, refused, or busy, as the test says. */

export class FakeTrack extends EventTarget {
  readonly kind: "audio" | "video";
  readonly label: string;
  readonly deviceId: string;
  enabled = true;
  muted = false;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  readonly clones: FakeTrack[] = [];

  constructor(kind: "audio" | "video", deviceId: string, label = deviceId) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
    this.label = label;
  }

  noiseSuppression = false;

  getSettings() {
    return { deviceId: this.deviceId, noiseSuppression: this.noiseSuppression };
  }

  clone(): FakeTrack {
    const clone = new FakeTrack(this.kind, this.deviceId, this.label);
    this.clones.push(clone);
    return clone;
  }

  /** As the page does it: no event. */
  stop(): void {
    this.readyState = "ended";
  }

  /** As the system does it. */
  end(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }

  /** The system holds the sound or picture back, or gives it again. */
  hold(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? "mute" : "unmute"));
  }

  get real(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

type Plugged = Pick<MediaDeviceInfo, "kind" | "deviceId" | "label" | "groupId">;
type Wanted = { audio?: MediaTrackConstraints | boolean; video?: MediaTrackConstraints | boolean };

const device = (kind: MediaDeviceKind, deviceId: string, groupId = deviceId): Plugged => ({
  kind,
  deviceId,
  groupId,
  label: `The ${deviceId}`,
});

export const camera = (id: string) => device("videoinput", id);
export const microphone = (id: string, group?: string) => device("audioinput", id, group);
export const speaker = (id: string, group?: string) => device("audiooutput", id, group);

export class FakeDevices extends EventTarget {
  plugged: readonly Plugged[];
  /** What asking for a device of this kind is refused with. */
  refuses: { audio?: string; video?: string; display?: string } = {};
  /** Refused with this, once each. */
  readonly busy = new Map<string, string>();
  /** What was handed out, oldest first. */
  readonly given: FakeTrack[] = [];
  readonly asked: Wanted[] = [];
  /** The screen that a person picks has sound. */
  screenSounds = false;

  constructor(plugged: readonly Plugged[] = [camera("cam"), microphone("mic"), speaker("out")]) {
    super();
    this.plugged = plugged;
  }

  get real(): MediaDevices {
    return this as unknown as MediaDevices;
  }

  /** Plugs and pulls: tracks of what is gone end first, as in browsers. */
  plug(plugged: readonly Plugged[]): void {
    const gone = this.plugged.filter((one) => !plugged.includes(one)).map(({ deviceId }) => deviceId);
    this.plugged = plugged;
    for (const track of this.given)
      if (gone.includes(track.deviceId) && track.readyState === "live") track.end();
    this.dispatchEvent(new Event("devicechange"));
  }

  async enumerateDevices(): Promise<readonly Plugged[]> {
    return this.plugged;
  }

  async getUserMedia(wanted: Wanted): Promise<MediaStream> {
    this.asked.push(wanted);
    const tracks = (["audio", "video"] as const).flatMap((kind) =>
      wanted[kind] === undefined || wanted[kind] === false ? [] : [this.#one(kind, wanted[kind])],
    );
    this.given.push(...tracks);
    return streamOf(tracks);
  }

  async getDisplayMedia(wanted: Wanted): Promise<MediaStream> {
    this.asked.push(wanted);
    if (this.refuses.display !== undefined) throw new DOMException("no", this.refuses.display);
    const tracks = [new FakeTrack("video", "screen")];
    if (this.screenSounds && wanted.audio !== false) tracks.push(new FakeTrack("audio", "tab"));
    this.given.push(...tracks);
    return streamOf(tracks);
  }

  /** The newest track of the kind that was handed out. */
  newest(kind: "audio" | "video"): FakeTrack {
    const track = this.given.findLast((one) => one.kind === kind);
    if (!track) throw new Error(`no ${kind} was handed out`);
    return track;
  }

  #one(kind: "audio" | "video", wanted: MediaTrackConstraints | boolean): FakeTrack {
    const refusal = this.refuses[kind];
    if (refusal !== undefined) throw new DOMException("no", refusal);
    const of = this.plugged.filter((each) => each.kind === `${kind}input`);
    const id = typeof wanted === "object" ? (wanted.deviceId as ConstrainDOMStringParameters) : undefined;
    const named = of.find(({ deviceId }) => deviceId === (id?.exact ?? id?.ideal));
    if (named === undefined && id?.exact !== undefined) throw new DOMException("no", "OverconstrainedError");
    const [first] = of;
    const chosen = named ?? first;
    if (chosen === undefined) throw new DOMException("no", "NotFoundError");
    const why = this.busy.get(chosen.deviceId);
    if (why !== undefined) throw new DOMException("no", why);
    const track = new FakeTrack(kind, chosen.deviceId, chosen.label);
    track.noiseSuppression = typeof wanted === "object" && wanted.noiseSuppression === true;
    return track;
  }
}

function streamOf(tracks: readonly FakeTrack[]): MediaStream {
  const of = (kind: string) => tracks.filter((track) => track.kind === kind);
  const stream = {
    getTracks: () => [...tracks],
    getAudioTracks: () => of("audio"),
    getVideoTracks: () => of("video"),
  };
  return stream as unknown as MediaStream;
}
