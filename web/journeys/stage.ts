/** What every journey starts with: the product, a therapist, a client; all closed again, and no request to a foreign host. */
import { test as base, expect } from "@playwright/test";
import { type Person, type PersonOptions, person } from "./people.ts";
import { type Product, startProduct } from "./product.ts";
import { CLIENT, THERAPIST } from "./signs.ts";

type Stage = {
  product: Product;
  /** One more browser, watched like the others. */
  another: (options: Partial<PersonOptions>) => Promise<Person>;
  therapist: Person;
  client: Person;
};

export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  product: async ({}, use) => {
    const product = await startProduct();
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
