/** Plays a stream through a peer connection from this page to itself: what comes out of one, every browser cancels in the
 * microphone. Costs some 50 ms, hence only where the chirp test hears itself (B4). */

/** How to take it away again, and what plays. */
export type LoopBack = { readonly audio: HTMLAudioElement; close(): void };

/** Rejects where the browser has no WebRTC or does not let it play. */
export async function loopBack(stream: MediaStream): Promise<LoopBack> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const audio = new Audio();
  const close = () => {
    near.close();
    far.close();
    audio.srcObject = null;
  };
  near.onicecandidate = ({ candidate }) =>
    candidate && void far.addIceCandidate(candidate).catch(() => undefined);
  far.onicecandidate = ({ candidate }) =>
    candidate && void near.addIceCandidate(candidate).catch(() => undefined);
  const arrived = new Promise<MediaStream>((resolve) => {
    far.ontrack = ({ track }) => resolve(new MediaStream([track]));
  });
  try {
    for (const track of stream.getAudioTracks()) near.addTrack(track, stream);
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    audio.srcObject = await arrived;
    await audio.play();
  } catch (error) {
    close();
    throw error;
  }
  return { audio, close };
}
