/** `bun run dev`: the server reloading on change, and Vite with hot replacement in front of it. */
import { installPackages, ROOT } from "./setup.ts";

await installPackages();
const bun = process.execPath;
const children = [
  [bun, "--watch", "server/main.ts"],
  [bun, "--bun", "x", "vite", "web"],
].map((command) => Bun.spawn(command, { cwd: ROOT, stdout: "inherit", stderr: "inherit", stdin: "ignore" }));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
await Promise.race(children.map((child) => child.exited));
for (const child of children) child.kill();
