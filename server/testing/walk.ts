/** Every route of the real app, as a walk through all of them asks for it: a new route is on the walk without being named. For tests. */
import { newId } from "../../wire/ids.ts";
import { check } from "../http/check.ts";
import { createRig } from "./rig.ts";

/** A rig whose app has what start adds, but for the two sockets, which answer only where there is a listener. */
export function createWalkRig(config: Parameters<typeof createRig>[0] = {}) {
  const parts = { addressOf: () => "local", stun: () => [], quic: () => [], issue: () => "ticket" };
  const options = undefined;
  return createRig(
    { registrationsPerHour: 1000, ...config },
    { plugins: [check(parts)], options, quicPorts: () => [4433] },
  );
}

/** Answered by the listener; Elysia names a socket's route `WS`. */
export const SOCKET_ROUTES = [
  { method: "GET", path: "/signal" },
  { method: "GET", path: "/media" },
] as const;

/** Routes under here ask for a token and look at neither cookies nor origins. */
export const isByToken = (path: string): boolean => path.startsWith("/api/v1/");

/** The path with something in each place of the pattern: random ids, or what `value` gives for a name. */
export function filled(path: string, value: (name: string) => string = () => newId()): string {
  return path.replace(/:(\w+)/g, (_, name: string) => value(name));
}

/** True where a request of this method may change something. */
export const isWriting = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);
