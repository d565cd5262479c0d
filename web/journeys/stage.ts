/** What every journey starts with: the product, a therapist, a client, and networks of their own where a journey asks for
 * them; all closed again however it ends, and no request to a foreign host. */
import { test as base, expect } from "@playwright/test";
import { addServerAddress, type Lan, lanMissing, makeLan } from "./lan.ts";
import { type Person, type PersonOptions, person } from "./people.ts";
import { MAIN, type Product, startProduct } from "./product.ts";
import { CLIENT, THERAPIST } from "./signs.ts";

type Stage = {
  /** The name browsers reach the server by; `SERVER_ADDRESS` where they live in networks of their own. */
  host: string;
  /** Settings of the server beside those of every journey. */
  settings: Record<string, string>;
  /** What is started as the server. */
  main: string;
  /** Plugs one more network. */
  lan: (reach: "anywhere" | "server only") => Lan;
  product: Product;
  /** One more browser, watched like the others. */
  another: (options: Partial<PersonOptions>) => Promise<Person>;
  therapist: Person;
  client: Person;
};

export const test = base.extend<Stage>({
  host: ["localhost", { option: true }],
  settings: [{}, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  lan: async ({}, use, info) => {
    const missing = lanMissing();
    info.skip(missing !== null, missing ?? "");
    addServerAddress();
    const lans: Lan[] = [];
    await use((reach) => {
      const lan = makeLan(lans.length + 1, reach);
      lans.push(lan);
      return lan;
    });
    for (const lan of lans) lan.close();
  },
  main: [MAIN, { option: true }],
  product: async ({ host, settings, main }, use) => {
    const product = await startProduct(host, settings, main);
    await use(product);
    await product.close();
  },
  another: async ({ product }, use) => {
    const people: Person[] = [];
    const foreign: string[] = [];
    await use(async (options) => {
      const one = await person({ sign: CLIENT, origin: product.origin, ...options });
      people.push(one);
      one.context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith("http") && origin !== product.origin) foreign.push(origin);
      });
      return one;
    });
    await Promise.all(people.map(({ browser }) => browser.close()));
    expect(foreign, "[R12] requests that left our origin").toEqual([]);
  },
  therapist: async ({ another }, use) => use(await another({ sign: THERAPIST })),
  client: async ({ another }, use) => use(await another({ sign: CLIENT })),
});

export { expect } from "@playwright/test";
