/** To practice staff at a client's door: they reach no call, and what to do if they are a client themselves. */
import { createSignal } from "solid-js";
import { t } from "../../i18n/staff.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { QuietPage } from "../room/quiet-page.tsx";

export default function StaffStop() {
  const [busy, setBusy] = createSignal(false);
  /** What this browser keeps of the vault's key opens nothing without the session, and is forgotten by the next look of the other pages. */
  const leave = async () => {
    setBusy(true);
    await fetch("/api/session", { method: "DELETE" }).catch(() => undefined);
    location.reload();
  };
  return (
    <QuietPage
      title={t("stop.title")}
      text={t("stop.text")}
      code="staff"
      act={
        <>
          <Button busy={busy()} onClick={() => void leave()}>
            {t("stop.leave")}
          </Button>
          <ButtonLink leaves kind="plain" href="/">
            {t("stop.desk")}
          </ButtonLink>
        </>
      }
    />
  );
}
