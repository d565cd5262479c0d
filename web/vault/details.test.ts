/** The practice's details: kept in the vault, shown in the brand beside the logo, and gone from it when they are emptied. */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import { BRAND_BYTES_MAX, decodeBrand, encodeBrand } from "../../wire/brand.ts";
import type { UserName } from "../../wire/names.ts";
import { type BrandRemote, brandOf, removeLogo, showLogo } from "./brand.ts";
import { changeSettings, settingsOf } from "./clients.ts";
import { changeDetails } from "./details.ts";
import { NO_DETAILS, PRACTICE_MAX } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const account = "anna" as UserName;
let server: RemoteDouble;
let vaultKey = new Uint8Array(32);
let asked: string[];
const remote: BrandRemote = {
  putLogo: async () => void asked.push("put"),
  removeLogo: async (id) => void asked.push(`remove, name ${id === null ? "null" : "given"}`),
  readBrands: async () => ({ logo: null, brands: [] }),
  putBrands: async () => undefined,
};
beforeAll(async () => {
  await ready();
  vaultKey = newVaultKey();
});
beforeEach(() => {
  server = new RemoteDouble();
  asked = [];
});

const device = () =>
  Vault.load({ owner: { account, vaultKey }, remote: server, witness: new Witness(memoryShelf(), account) });
const about = { locale: "de", now: 5 } as const;
const full = {
  name: " Praxis am Park ",
  address: "Parkweg 1\n1010 Wien",
  phone: "01 234",
  email: "a@park.example",
  more: "Psychotherapeutin",
};
const picture = { bytes: new Uint8Array(8), type: "image/png", width: 4, height: 2 } as const;
const shownBy = async () => brandOf((await device()).state.get().records);

test("what is typed is kept without spaces around it, and read by clients as name and lines", async () => {
  await changeDetails(await device(), full, about);
  const vault = await device();
  expect(settingsOf(vault.state.get().records).practice).toEqual({ ...full, name: "Praxis am Park" });
  expect(brandOf(vault.state.get().records)).toEqual({
    v: 1,
    logo: null,
    name: "Praxis am Park",
    imprint: "Parkweg 1\n1010 Wien\n01 234\na@park.example\nPsychotherapeutin",
    locale: "de",
  });
  await changeSettings(vault, { oneByOne: true }, 6);
  expect(settingsOf((await device()).state.get().records).practice.phone).toBe("01 234");
});

test("a logo keeps the name, the name keeps the logo; the logo goes before the brands that still name the practice are written", async () => {
  const vault = await device();
  await changeDetails(vault, { ...NO_DETAILS, name: "A" }, about);
  await showLogo(vault, picture, { remote, locale: "de", now: 6 });
  expect(await shownBy()).toMatchObject({ name: "A", logo: { width: 4 } });
  await changeDetails(vault, { ...NO_DETAILS, name: "B" }, about);
  expect(await shownBy()).toMatchObject({ name: "B", logo: { width: 4 } });
  await removeLogo(vault, remote, 7);
  expect(await shownBy()).toMatchObject({ name: "B", logo: null });
  await changeDetails(vault, NO_DETAILS, about);
  expect(await shownBy()).toBeNull();
  expect(asked).toEqual(["put", "remove, name given"]);
});

test("the longest details fit into a brand whatever letters they have", async () => {
  const letters = (n: number) => "語".repeat(n);
  const longest = Object.fromEntries(
    Object.entries(PRACTICE_MAX).map(([field, n]) => [field, letters(n)]),
  ) as typeof full;
  const vault = await device();
  await showLogo(vault, { ...picture, width: 1280, height: 720 }, { remote, locale: "de", now: 1 });
  await changeDetails(vault, longest, about);
  const shown = await shownBy();
  if (shown === null) throw new Error("no brand");
  const bytes = encodeBrand(shown);
  expect(bytes.length).toBeLessThan(BRAND_BYTES_MAX);
  expect(decodeBrand(bytes)).toEqual(shown);
});
