/** `bun run pictures`, after `bun run shots`: the pictures that the docs show, out of those of all pages. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.ts";

const OUT = join(ROOT, "docs", "pictures");

/** Name in the docs → name among the shots. */
const SHOWN = {
  calls: "calls-desktop-light",
  "client-door": "client-door-phone-light",
  room: "room-desktop-dark",
  receipt: "client-over-receipt-desktop-light",
};

mkdirSync(OUT, { recursive: true });
for (const [name, shot] of Object.entries(SHOWN))
  copyFileSync(join(ROOT, "shots", `${shot}.png`), join(OUT, `${name}.png`));
console.log(`${Object.keys(SHOWN).length} pictures`);
