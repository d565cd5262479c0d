/** The load's own side needs the WebTransport addon too, so it runs on the Bun that the server runs on. */
import { serverBun } from "../../scripts/glibc.ts";

/** Goes on where this is that Bun already; else runs `script` again on it and ends like it. */
export async function onServerBun(script: string): Promise<void> {
  const bun = await serverBun();
  if (bun === process.execPath || process.env.ON_SERVER_BUN === "1") return;
  const child = Bun.spawn([bun, "--no-install", script], {
    env: { ...process.env, ON_SERVER_BUN: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.exit(await child.exited);
}
