/** What is wrong with what was typed into an entry, in words. */
import { CLIENT_ID_MAX } from "../../../wire/names.ts";
import { t } from "../../i18n/clients.ts";
import { numberOf } from "../../i18n/format.ts";
import type { IdFault } from "../../vault/entries.ts";
import { NAME_TYPED_MAX, NOTE_TYPED_MAX } from "../../vault/records.ts";
import { titleOf } from "../../vault/search.ts";

/** Nothing where nothing is wrong. */
export function sayIdFault(fault: IdFault | null): string | undefined {
  switch (fault?.why) {
    case "missing":
      return t("edit.idMissing");
    case "long":
      return t("edit.idLong", CLIENT_ID_MAX);
    case "code":
      return t("edit.idCode");
    case "taken":
      return t("edit.idTaken", titleOf(fault.by.record));
    default:
      return undefined;
  }
}

/** `before`: what stood there; one that two devices made long may stay as long as it is. */
export function nameFault(name: string, before = ""): string | undefined {
  const max = Math.max(NAME_TYPED_MAX, before.length);
  return name.trim().length > max ? t("edit.nameLong", max) : undefined;
}

export function noteFault(note: string, before = ""): string | undefined {
  const max = Math.max(NOTE_TYPED_MAX, before.length);
  return note.length > max ? t("edit.noteLong", numberOf(max), numberOf(note.length)) : undefined;
}
