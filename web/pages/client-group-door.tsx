/** Before a client comes in to others it is told how many there are (product.md). */
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { QuietPage } from "./room/quiet-page.tsx";

export function ClientGroupDoor(props: { others: number; onEnter: () => void; onLeave: () => void }) {
  return (
    <QuietPage
      title={t("group.door", props.others)}
      text={t("group.doorText")}
      code="group"
      act={
        <>
          <Button kind="main" onClick={props.onEnter}>
            {t("join")}
          </Button>
          <Button onClick={props.onLeave}>{t("wait.leave")}</Button>
        </>
      }
    />
  );
}
