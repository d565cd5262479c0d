/** What a direct call's senders may use of the line: sound before picture, and the picture as large as the line carries. */
import type { PictureStep } from "./picture-thrift.ts";

/** Ceiling of a camera, bits per second: a calm 720p face. Higher costs phones their battery. */
export const CAMERA_MAX_BITRATE = 2_500_000;

type Rate = {
  readonly active: boolean;
  readonly maxBitrate: number;
  readonly by: number;
  readonly fps: number;
};
const RATES: Record<PictureStep, Rate> = {
  full: { active: true, maxBitrate: CAMERA_MAX_BITRATE, by: 1, fps: 30 },
  small: { active: true, maxBitrate: 220_000, by: 2, fps: 20 },
  tiny: { active: true, maxBitrate: 60_000, by: 4, fps: 10 },
  off: { active: false, maxBitrate: 60_000, by: 4, fps: 10 },
};

/** The picture of this sender is this large from now on. A browser that refuses keeps what it has. */
export async function setPicture(sender: RTCRtpSender | undefined, step: PictureStep): Promise<void> {
  const { active, maxBitrate, by, fps } = RATES[step];
  await change(sender, { active, maxBitrate, scaleResolutionDownBy: by, maxFramerate: fps, priority: "low" });
}

/** Sound before everything else. */
export async function putSoundFirst(sender: RTCRtpSender | undefined): Promise<void> {
  await change(sender, { priority: "high", networkPriority: "high" });
}

async function change(sender: RTCRtpSender | undefined, wanted: RTCRtpEncodingParameters): Promise<void> {
  const parameters = sender?.getParameters?.();
  const [encoding] = parameters?.encodings ?? [];
  if (!sender || !parameters || !encoding) return;
  Object.assign(encoding, wanted);
  await sender.setParameters(parameters).catch(() => undefined);
}
