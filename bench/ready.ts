/** What a bench of the real product needs before it begins: the pages, built, and a Bun that loads WebTransport. */
import { serverBun } from "../scripts/glibc.ts";
import { buildWeb, installPackages } from "../scripts/setup.ts";

await installPackages();
await buildWeb();
await serverBun();
