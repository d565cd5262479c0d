/** To practice staff at a client's door: they reach no call, and what to do if they are a client themselves. */
import { t } from "../../i18n/staff.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { QuietPage } from "../room/quiet-page.tsx";

export default function StaffStop() {
  return (
    <QuietPage
      title={t("stop.title")}
      text={t("stop.text")}
      code="staff"
      act={
        <ButtonLink leaves href="/">
          {t("stop.desk")}
        </ButtonLink>
      }
    />
  );
}
