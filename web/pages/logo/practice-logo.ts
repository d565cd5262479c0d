/** The practice's logo around the pages of a visit or a call: fetched, opened and given back; small or not, as long as the call goes. */
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  useContext,
} from "solid-js";
import type { Brand, Logo } from "../../../wire/brand.ts";
import { fetched } from "../../fetched.ts";
import type { Absent, BrandKey } from "../../logo/shown.ts";

/** A picture that was opened: where it is, the practice's name and its language. */
export type ShownLogo = {
  readonly url: string;
  readonly name: string | null;
  readonly locale: Brand["locale"];
};

/** Who the practice is, in its own language. */
export type PracticeWords = Pick<Brand, "name" | "imprint" | "locale">;

export type PracticeLogo = {
  /** Null where it says nothing of itself, and while that is on its way. */
  readonly words: Accessor<PracticeWords | null>;
  /** Null while there is none to show. */
  readonly shown: Accessor<ShownLogo | null>;
  /** Why there is none, where the practice has one; null while it is on its way, or shown. */
  readonly absent: Accessor<Absent | null>;
  /** Made small by the person. */
  readonly isSmall: Accessor<boolean>;
  readonly setSmall: (small: boolean) => void;
  /** The browser could not draw it after all. */
  readonly drop: () => void;
};

const LogoContext = createContext<PracticeLogo | null>(null);
export const LogoProvider = LogoContext.Provider;

/** The logo of the pages around; null where there is none. */
export function usePracticeLogo(): PracticeLogo | null {
  return useContext(LogoContext);
}

/** The logo that `brand` names, to be made inside a Solid owner; its address is given back when it goes. */
export function createPracticeLogo(brand: Accessor<Brand | null>): PracticeLogo {
  const logo = createMemo(() => brand()?.logo ?? null, null, { equals: (a, b) => a?.id === b?.id });
  const [url, setUrl] = createSignal<string | null>(null);
  const [absent, setAbsent] = createSignal<Absent | null>(null);
  const [isSmall, setSmall] = createSignal(false);
  createEffect(() => {
    const wanted = logo();
    setUrl(null);
    setAbsent(null);
    if (!wanted) return;
    let made: string | null = null;
    let isGone = false;
    onCleanup(() => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    });
    void picture(wanted).then((blob) => {
      if (isGone) return;
      note(typeof blob === "string" ? blob : "shown");
      if (typeof blob === "string") return void setAbsent(blob);
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
  });
  const shown = createMemo(() => {
    const [now, what] = [url(), brand()];
    return now !== null && what ? { url: now, name: what.name, locale: what.locale } : null;
  });
  const words = createMemo(() => {
    const what = brand();
    return what && (what.name !== null || what.imprint !== null) ? what : null;
  });
  const drop = () => {
    note("damaged");
    setAbsent("damaged");
    setUrl(null);
  };
  return { words, shown, absent, isSmall, setSmall, drop };
}

/** The brand that a link opens, before anybody is there; null without a link, and where there is none. */
export function createLinkBrand(key: BrandKey | undefined): Accessor<Brand | null> {
  const [brand, setBrand] = createSignal<Brand | null>(null);
  if (key)
    void patiently(async () => (await opener()).brandOfLink(key)).then((found) => {
      if (typeof found === "string") note(found);
      else setBrand(found);
    });
  return brand;
}

const opener = () => import("../../logo/shown.ts");

function picture(logo: Logo): Promise<Blob | Absent> {
  return patiently(async () => (await opener()).pictureOf(logo));
}

/** A line that is away for a moment is tried again; a logo is never worth a word of trouble. */
async function patiently<T>(ask: () => Promise<T | Absent>): Promise<T | Absent> {
  const whenThere = async () => {
    const got = await ask();
    if (got === "away") throw new Error("away");
    return got;
  };
  return fetched(whenThere).catch(() => "away" as const);
}

/** For support: why there is no logo, in words that say nothing of anybody. */
function note(what: Absent | "shown"): void {
  document.documentElement.dataset.logo = what;
}
