/** `t` for the client's page and the call room:
 * `import { t } from "../i18n/call.ts"` → `t("join")`, `t("minutes", 32)`. */
import { call as de } from "./de/call.ts";
import { call as en } from "./en/call.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
