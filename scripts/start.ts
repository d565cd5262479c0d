/** `npm start` or `bun run start`: the product on an embedded database, from nothing; prints the address to open. */
import { join } from "node:path";
import { buildWeb, installPackages, ROOT } from "./setup.ts";

await installPackages();
await buildWeb();

const { serverBun } = await import("./glibc.ts");
const server = Bun.spawn([await serverBun(), "--no-install", join(ROOT, "server", "main.ts")], {
  cwd: ROOT,
  env: process.env,
  stdout: "inherit",
  stderr: "inherit",
  stdin: "ignore",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
process.exit(await server.exited);
