/** Texts by language: German is written first and gives the type, English must have the same keys and arguments. */
import { type BaseRecordDict, flatten, translator } from "@solid-primitives/i18n";
import { type Language, language } from "./language.ts";

/** The function a page calls: `t("calls.start")`. Reactive: it follows the language. A text that needs words from
 * outside is a function in the dictionary and takes them here: `t("calls.closes", "1:54")`. */
export function texts<D extends BaseRecordDict>(dictionaries: Record<Language, D>) {
  const flat = { de: flatten(dictionaries.de), en: flatten(dictionaries.en) };
  return translator(() => flat[language()]);
}
