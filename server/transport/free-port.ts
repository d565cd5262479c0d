/** A UDP port that nobody uses now, for where the addon cannot say which one it took. */

/** The number of a free port of this address; somebody else may take it before the caller does. */
export async function freeUdpPort(hostname: string): Promise<number> {
  const probe = await Bun.udpSocket({ hostname, port: 0 });
  const { port } = probe;
  probe.close();
  return port;
}
