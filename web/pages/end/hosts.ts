/** The computers that this page has really contacted, as the browser itself counts them. */

/** `entries`: addresses of what was loaded; `servers`: those asked for network addresses; `quic`: the relay by UDP. */
export function hostsOf(
  own: { readonly host: string; readonly hostname: string },
  entries: readonly string[],
  more: { readonly servers: readonly string[]; readonly quic: boolean },
): string[] {
  const loaded = entries.flatMap((address) => {
    const url = URL.parse(address, `http://${own.host}`);
    return url && /^(https?|wss?):$/.test(url.protocol) ? [url.host] : [];
  });
  // a socket to our own host is in no list of the browser's
  const relay = more.quic ? [`${own.hostname} (UDP)`] : [];
  return [...new Set([own.host, ...loaded, ...more.servers, ...relay])];
}
