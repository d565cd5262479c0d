/** While a page or the vault is on its way. */
import { t } from "../i18n/app.ts";
import { Skeleton } from "../ui/skeleton.tsx";

export function Loading() {
  return <Skeleton lines={4} label={t("nav.loading")} />;
}
