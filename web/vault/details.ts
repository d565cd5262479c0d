/** Who the practice is: kept in the vault, shown to its clients in the sealed brand of their links, and never told to the server. */
import type { Brand } from "../../wire/brand.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import { brandOf, brandWith, putBrand } from "./brand.ts";
import { settingsOf } from "./clients.ts";
import type { PracticeDetails } from "./records.ts";
import type { Vault } from "./vault.ts";

/** Keeps the details and shows them to every client. Throws `Refused` where saving failed; the change stays and is tried again. */
export async function changeDetails(
  vault: Vault,
  details: PracticeDetails,
  { locale, now }: { readonly locale: Brand["locale"]; readonly now: number },
): Promise<void> {
  const practice = trimmed(details);
  await vault.change((records) => {
    const old = [...records].find(([, record]) => record.t === "settings");
    records.set(old?.[0] ?? newId<ItemId>(), { ...settingsOf(records), practice, changedAt: now });
    const shown = { name: practice.name === "" ? null : practice.name, imprint: imprintOf(practice) };
    putBrand(records, brandWith(brandOf(records), shown, locale), now);
  });
}

/** The lines clients read; null where there are none. */
export function imprintOf({ address, phone, email, more }: PracticeDetails): string | null {
  const lines = [address, phone, email, more].filter((line) => line !== "");
  return lines.length === 0 ? null : lines.join("\n");
}

function trimmed(details: PracticeDetails): PracticeDetails {
  const { name, address, phone, email, more } = details;
  const clean = (text: string) => text.normalize("NFC").trim();
  return {
    name: clean(name),
    address: clean(address),
    phone: clean(phone),
    email: clean(email),
    more: clean(more),
  };
}
