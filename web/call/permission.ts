/** What this browser remembers of the question for a camera or microphone; many do not tell. */

import type { Permission } from "./help.ts";
import type { Kind } from "./opening.ts";

/** Never throws. */
export async function permissionOf(
  kind: Kind,
  permissions: Pick<Permissions, "query"> | undefined = navigator.permissions,
): Promise<Permission> {
  try {
    return (await permissions?.query({ name: kind as PermissionName }))?.state ?? "unknown";
  } catch {
    return "unknown";
  }
}
