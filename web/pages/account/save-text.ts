/** Saves a text as a file on this device. */
import { saveFile } from "../save-file.ts";

export function saveText(name: string, text: string): void {
  saveFile(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
}
