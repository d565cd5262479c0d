/** A page that is seen again and a permission that changes are told; a browser that knows neither is no error. */
import { expect, test } from "bun:test";
import { watchOutside } from "./from-outside.ts";

function outside(query: (name: string) => Promise<EventTarget & { state: string }>) {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  const told: string[] = [];
  const stop = watchOutside(
    {
      document: document as unknown as Document,
      window: window as unknown as Window,
      permissions: { query: ({ name }: { name: string }) => query(name) } as unknown as Permissions,
    },
    {
      onReturn: () => told.push("back"),
      onPermission: (kind, isAllowed) => told.push(`${kind} ${isAllowed}`),
    },
  );
  const visibility = (state: string) => {
    document.visibilityState = state;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return { document, window, told, stop, visibility };
}

const status = () => Object.assign(new EventTarget(), { state: "granted" });

test("coming back is told, going away is not, and after the end nothing is", () => {
  const { window, told, stop, visibility } = outside(async () => status());
  visibility("hidden");
  expect(told).toEqual([]);
  visibility("visible");
  window.dispatchEvent(new Event("pageshow"));
  expect(told).toEqual(["back", "back"]);
  stop();
  visibility("visible");
  expect(told).toHaveLength(2);
});

test("what the person allows or forbids is told by kind; to be asked again is neither", async () => {
  const camera = status();
  const { told } = outside(async (name) => (name === "camera" ? camera : Promise.reject(new TypeError("?"))));
  await Bun.sleep(0);
  for (const state of ["denied", "prompt", "granted"]) {
    camera.state = state;
    camera.dispatchEvent(new Event("change"));
  }
  expect(told).toEqual(["camera false", "camera true"]);
});
