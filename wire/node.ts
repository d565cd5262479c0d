/** How one of several server processes is named: in the answer at the door, and in the path by which the router finds it. */
import type { Shape } from "./shape.ts";

/** Higher: longer addresses. Lower: an operator's own names do not fit. */
export const NODE_NAME_MAX = 32;
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** A node's name, safe in a path: small letters, digits and hyphens. */
export const nodeName: Shape<string> = (value) =>
  typeof value === "string" && NAME.test(value) ? value : undefined;

/** Where `path` is answered by this node and no other; null: by any. */
export function pathAt(node: string | null, path: string): string {
  return node === null ? path : `/n/${node}${path}`;
}
