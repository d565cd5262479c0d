/** A page that joins a Janus VideoRoom over its WebSocket interface: publishes camera and microphone, subscribes to everybody else,
 * and plays their sound by Web Audio, so that the bench's ears hear it like they hear ours. */

declare global {
  interface Window {
    joinJanus?: (url: string, room: number) => Promise<void>;
    janusConcealedMs?: () => Promise<number>;
  }
}

type Publishers = readonly { readonly id: number }[];
type Reply = {
  readonly janus: string;
  readonly transaction?: string;
  readonly sender?: number;
  readonly data?: { readonly id: number };
  readonly plugindata?: { readonly data: { readonly publishers?: Publishers } };
  readonly jsep?: RTCSessionDescriptionInit;
};

/** One session. Each question has a transaction; a question to a plugin is first acknowledged, then answered. */
class Session {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  #id: number | undefined;
  #count = 0;
  onPublishers: (publishers: Publishers) => void = () => {};

  constructor(url: string) {
    this.#socket = new WebSocket(url, "janus-protocol");
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
  }

  async open(): Promise<void> {
    await new Promise((resolve) => this.#socket.addEventListener("open", resolve, { once: true }));
    this.#id = (await this.#ask({ janus: "create" })).data?.id;
    setInterval(() => void this.#ask({ janus: "keepalive" }), 20_000);
  }

  async attach(): Promise<Handle> {
    const { data } = await this.#ask({ janus: "attach", plugin: "janus.plugin.videoroom" });
    const to = { handle_id: data?.id };
    return {
      message: (body, jsep) => this.#ask({ janus: "message", ...to, body, ...(jsep ? { jsep } : {}) }),
      trickle: (candidate) => void this.#ask({ janus: "trickle", ...to, candidate }),
    };
  }

  #ask(question: Record<string, unknown>): Promise<Reply> {
    const transaction = `t${++this.#count}`;
    const session = this.#id === undefined ? {} : { session_id: this.#id };
    this.#socket.send(JSON.stringify({ ...question, ...session, transaction }));
    return new Promise((resolve) => this.#waiting.set(transaction, resolve));
  }

  #take(reply: Reply): void {
    const answer = this.#waiting.get(reply.transaction ?? "");
    if (answer === undefined) this.onPublishers(reply.plugindata?.data.publishers ?? []);
    if (answer === undefined || reply.janus === "ack") return;
    this.#waiting.delete(reply.transaction ?? "");
    answer(reply);
  }
}

type Handle = {
  message(body: Record<string, unknown>, jsep?: RTCSessionDescriptionInit): Promise<Reply>;
  trickle(candidate: RTCIceCandidateInit | { completed: true }): void;
};

const receiving: RTCPeerConnection[] = [];
const loudspeaker = new AudioContext({ sampleRate: 48_000 });

function connection(handle: Handle): RTCPeerConnection {
  const pc = new RTCPeerConnection();
  pc.onicecandidate = ({ candidate }) => handle.trickle(candidate?.toJSON() ?? { completed: true });
  return pc;
}

/** What the compositor paints counts for both systems: so the page is filled with everybody's picture, one's own too, like ours. */
const FULL =
  "margin:0;height:100vh;display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:8px;padding:72px 16px 84px";

/** One person's picture on the page. The element is what makes Chromium decode the sound, too. */
function show(stream: MediaStream): void {
  document.body.style.cssText = `box-sizing:border-box;${FULL}`;
  const video = Object.assign(document.createElement("video"), {
    muted: true,
    autoplay: true,
    playsInline: true,
  });
  video.style.cssText = "width:100%;height:100%;min-width:0;object-fit:cover";
  video.srcObject = stream;
  document.body.append(video);
}

function play(stream: MediaStream): void {
  if (stream.getAudioTracks().length === 0) return;
  loudspeaker.createMediaStreamSource(stream).connect(loudspeaker.destination);
}

async function subscribe(session: Session, room: number, feed: number): Promise<void> {
  const handle = await session.attach();
  const pc = connection(handle);
  receiving.push(pc);
  const stream = new MediaStream();
  pc.ontrack = ({ track }) => stream.addTrack(track);
  const offered = await handle.message({ request: "join", ptype: "subscriber", room, streams: [{ feed }] });
  if (offered.jsep === undefined) throw new Error("Janus made no offer");
  await pc.setRemoteDescription(offered.jsep);
  show(stream);
  play(stream);
  const answer = await pc.createAnswer();
  await pc.setLocalDescription(answer);
  await handle.message({ request: "start" }, { type: answer.type, sdp: answer.sdp ?? "" });
}

window.joinJanus = async (url, room) => {
  if (window.bench) window.bench.pressed = Date.now();
  const session = new Session(url);
  const [stream] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
    session.open(),
    loudspeaker.resume(),
  ]);
  show(stream);
  const handle = await session.attach();
  session.onPublishers = (publishers) => {
    for (const { id } of publishers) void subscribe(session, room, id);
  };
  const joined = await handle.message({ request: "join", ptype: "publisher", room });
  session.onPublishers(joined.plugindata?.data.publishers ?? []);
  const pc = connection(handle);
  for (const track of stream.getTracks()) pc.addTrack(track, stream);
  const offer = await pc.createOffer();
  await pc.setLocalDescription(offer);
  const jsep = { type: offer.type, sdp: offer.sdp ?? "" };
  const answered = await handle.message({ request: "configure", audio: true, video: true }, jsep);
  if (answered.jsep) await pc.setRemoteDescription(answered.jsep);
};

/** Made-up sound that was heard; silence made up in silence is none. */
window.janusConcealedMs = async () => {
  let samples = 0;
  for (const pc of receiving) {
    for (const one of (await pc.getStats()).values()) {
      if (one.type === "inbound-rtp" && one.kind === "audio")
        samples += one.concealedSamples - one.silentConcealedSamples;
    }
  }
  return samples / 48;
};
