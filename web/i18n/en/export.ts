/** The file of all own data. */
import type { exported as de } from "../de/export.ts";

export const exported: typeof de = {
  title: "My data",
  lead: "Everything that belongs to your account in one file: client file with notes and links, settings, planned calls, logged-in devices, accesses and all statements.",
  act: "Download all data",
  warning:
    "This file is not encrypted. Whoever has it can read names, notes and links. Save it on a device of your own only, and delete it when you no longer need it.",
  save: "Save the file",
  saved: "The file is saved.",
  note: "Keys and passwords are not in it. To move clients, use the encrypted file of the client file.",
  fileName: (user: string, day: string) => `therapsy-${user}-${day}.json`,
};
