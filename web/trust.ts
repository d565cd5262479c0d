/** The policy `worker`: the only script URLs that may start a worker are those of our own build (CSP `trusted-types`). */

/** The part of Trusted Types we use; browsers without them have no such global. */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
};

const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy = types?.createPolicy("worker", { createScriptURL: own });

/** `url` made absolute. Throws `TypeError` unless it is a script of this origin without query tricks. */
export function own(url: string, base: string = location.href): string {
  const full = new URL(url, base);
  if (full.origin !== new URL(base).origin) throw new TypeError("a worker comes from our own origin only");
  return full.href;
}

/** A URL that `new Worker` takes under Trusted Types. Throws `TypeError` for a foreign origin. */
export function workerUrl(url: string): string {
  const trusted: unknown = policy ? policy.createScriptURL(url) : own(url);
  // The DOM types know no TrustedScriptURL yet; the constructor takes the object as it is.
  return trusted as string;
}
