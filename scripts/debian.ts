/** Debian's own archive, as this machine's package lists name it. */
import { existsSync, readFileSync } from "node:fs";

/** The keys that sign Debian's lists. */
export const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The mirror that the system's lists name, where they name one. */
export function debianMirror(): string {
  const known = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].filter(existsSync);
  const lists = known.map((path) => readFileSync(path, "utf8")).join("\n");
  return /https?:\/\/\S+\/debian(?=\s|$)/m.exec(lists)?.[0] ?? "http://deb.debian.org/debian";
}
