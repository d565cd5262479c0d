/** What happens to a page from outside: it goes to the back and returns, a call comes in, the person changes what the browser allows. */
import { KINDS, type Kind } from "./opening.ts";

export type FromOutside = {
  /** The page is seen again. */
  readonly onReturn: () => void;
  readonly onPermission: (kind: Kind, isAllowed: boolean) => void;
};

type Around = { readonly document: Document; readonly window: Window; readonly permissions?: Permissions };

/** Tells until the answer is called. */
export function watchOutside({ document, window, permissions }: Around, told: FromOutside): () => void {
  const off = new AbortController();
  const { signal } = off;
  const back = () => {
    if (document.visibilityState === "visible") told.onReturn();
  };
  document.addEventListener("visibilitychange", back, { signal });
  // from the browser's cache of pages, or thawed after a long sleep
  window.addEventListener("pageshow", back, { signal });
  document.addEventListener("resume", back, { signal });
  for (const kind of KINDS) void watchPermission(permissions, kind, told.onPermission, signal);
  return () => off.abort();
}

async function watchPermission(
  permissions: Permissions | undefined,
  kind: Kind,
  tell: FromOutside["onPermission"],
  signal: AbortSignal,
): Promise<void> {
  try {
    const status = await permissions?.query({ name: kind as PermissionName });
    if (!status || signal.aborted) return;
    const changed = () => {
      // "prompt": taken back, and asked again with the next try
      if (status.state !== "prompt") tell(kind, status.state === "granted");
    };
    status.addEventListener("change", changed, { signal });
  } catch {
    // a browser that knows no such permission: it will ask
  }
}
