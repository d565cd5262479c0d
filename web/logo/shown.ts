/** Fetches and opens what a practice shows (TP1 §2.9). What is missing, or was swapped or damaged on the way, is simply not shown. */
import { openBrand, openLogo } from "../../wasm/brand.ts";
import { type Brand, LOGO_BYTES_MAX, type Logo } from "../../wire/brand.ts";
import { type Bytes, concat, fromBase64url } from "../../wire/bytes.ts";
import type { Rid } from "../../wire/ids.ts";
import { kindOf } from "./kind.ts";

/** The server has none · it does not answer · what it gave is not what was sealed. */
export type Absent = "none" | "away" | "damaged";
/** What opens a link's brand. */
export type BrandKey = { readonly rid: Rid; readonly key: Uint8Array };

type Ask = (path: string) => Promise<Response>;

/** A brand's box as JSON. */
const BRAND_TEXT_MAX = 4096;
const BOX_BYTES = 40;

/** What the practice of this link shows. */
export async function brandOfLink({ rid, key }: BrandKey, ask: Ask = fetch): Promise<Brand | Absent> {
  const got = await bytesAt(`/api/brand/${rid}`, BRAND_TEXT_MAX, ask);
  if (typeof got === "string") return got;
  return opened(() => openBrand(key, rid, boxIn(got)));
}

/** The picture itself. */
export async function pictureOf(logo: Logo, ask: Ask = fetch): Promise<Blob | Absent> {
  const got = await bytesAt(`/api/logo/${logo.id}`, LOGO_BYTES_MAX + BOX_BYTES, ask);
  if (typeof got === "string") return got;
  const picture = opened(() => openLogo(logo.key, logo.id, got));
  if (typeof picture === "string") return picture;
  // whoever sealed it may have been careless: an image element is given nothing but what it was told
  return `image/${kindOf(picture)}` === logo.type ? new Blob([picture], { type: logo.type }) : "damaged";
}

function boxIn(json: Bytes): Bytes {
  const value: unknown = JSON.parse(new TextDecoder().decode(json));
  const box = typeof value === "object" && value !== null && "box" in value ? value.box : null;
  return fromBase64url(String(box));
}

function opened<T>(open: () => T): T | "damaged" {
  try {
    return open();
  } catch {
    return "damaged";
  }
}

async function bytesAt(path: string, max: number, ask: Ask): Promise<Bytes | Absent> {
  try {
    const answer = await ask(path);
    if (answer.status === 404) return "none";
    if (!answer.ok) return "away";
    return (await bounded(answer, max)) ?? "damaged";
  } catch {
    return "away";
  }
}

/** Null where there is more than was said there could be. */
async function bounded(answer: Response, max: number): Promise<Bytes | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    parts.push(next.value);
    if (size <= max) continue;
    await reader?.cancel();
    return null;
  }
  return concat(...parts);
}
