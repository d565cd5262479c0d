/** Headers on every answer: nothing foreign is loaded, nobody frames us, no address leaks, pages are isolated so that
 * shared memory works (e2ee.md §1.3). */

const policyWith = (sources: readonly string[]) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ["connect-src 'self'", ...sources].join(" "),
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types solid worker",
  ].join("; ");

const OURS = [
  "camera",
  "microphone",
  "display-capture",
  "screen-wake-lock",
  "fullscreen",
  "autoplay",
  // passkeys, made and used
  "publickey-credentials-create",
  "publickey-credentials-get",
];
const NOBODYS = [
  "accelerometer",
  "browsing-topics",
  "compute-pressure",
  "encrypted-media",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "midi",
  "otp-credentials",
  "payment",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
const PERMISSIONS = [...OURS.map((name) => `${name}=(self)`), ...NOBODYS.map((name) => `${name}=()`)].join(
  ", ",
);

/** Higher: an operator who goes back to plain HTTP locks people out for longer. Lower: the first visit after a pause can
 * be downgraded. One year is what browsers ask for. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** The headers for each request; with `tls` browsers are told never to come back without it. `sources`: what a page may connect
 * to besides its own origin. */
export function securityHeaders(
  tls: boolean,
  sources: (request: Request) => readonly string[],
): (request: Request) => Record<string, string> {
  const always = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "permissions-policy": PERMISSIONS,
    "x-content-type-options": "nosniff",
    ...(tls ? { "strict-transport-security": `max-age=${HSTS_SECONDS}` } : {}),
  };
  return (request) => ({ "content-security-policy": policyWith(sources(request)), ...always });
}

/** The relay's UDP ports at our own host as a policy names them: WebTransport is another port and so another origin. The host is the
 * set one, else the one that the browser asked for. */
export function relaySources(request: Request, origin: string | null, ports: readonly number[]): string[] {
  const asked = request.headers.get("host") ?? "";
  const host = origin === null ? /^([a-z0-9.-]+)(:\d+)?$/i.exec(asked)?.[1] : new URL(origin).hostname;
  return host === undefined || host.startsWith("[") ? [] : ports.map((port) => `https://${host}:${port}`);
}
