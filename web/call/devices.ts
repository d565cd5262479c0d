/** The cameras, microphones and loudspeakers of this device, followed while they are plugged and pulled. */
import { type Readable, Value } from "./value.ts";

/** `group`: what is one thing, as the microphone and the loudspeaker of a headset; empty where the browser does not say. */
export type Device = { readonly id: string; readonly name: string; readonly group: string };
export type Devices = {
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
};

const NONE: Devices = { cameras: [], microphones: [], speakers: [] };

/** Watches the list until `stop`. Names are empty before the person has allowed a device. */
export function watchDevices(media: MediaDevices | undefined): {
  list: Readable<Devices>;
  refresh: () => void;
  stop: () => void;
} {
  const list = new Value<Devices>(NONE);
  const refresh = () => {
    media?.enumerateDevices().then(
      (found) => {
        const now = sorted(found);
        // the same again is no news: a menu that is open keeps its entries, and with them the focus
        if (JSON.stringify(now) !== JSON.stringify(list.get())) list.set(now);
      },
      // a browser that refuses shows no menu entries; the devices in use stay
      () => undefined,
    );
  };
  media?.addEventListener("devicechange", refresh);
  refresh();
  return { list, refresh, stop: () => media?.removeEventListener("devicechange", refresh) };
}

function sorted(found: readonly Pick<MediaDeviceInfo, "kind" | "deviceId" | "label" | "groupId">[]): Devices {
  const of = (kind: MediaDeviceKind) =>
    found
      .filter((each) => each.kind === kind && each.deviceId !== "")
      .map(({ deviceId, label, groupId }) => ({ id: deviceId, name: label, group: groupId }));
  return { cameras: of("videoinput"), microphones: of("audioinput"), speakers: of("audiooutput") };
}
