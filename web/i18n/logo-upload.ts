/** `t` for the therapist who uploads or removes the practice's logo. */
import { logoUpload as de } from "./de/logo-upload.ts";
import { logoUpload as en } from "./en/logo-upload.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
