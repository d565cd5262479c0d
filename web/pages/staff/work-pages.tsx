/** The pages of practice staff, in a frame of their own: what is shared with them, and their account. No way leads from here into a call, so any
 * other address shows the first. */
import { useLocation, useNavigate } from "@solidjs/router";
import Person from "lucide-solid/icons/circle-user-round";
import Cards from "lucide-solid/icons/contact-round";
import LockIcon from "lucide-solid/icons/lock";
import { createEffect, Show } from "solid-js";
import { t as app } from "../../i18n/app.ts";
import { t } from "../../i18n/staff.ts";
import { AppFrame } from "../../ui/app-frame.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { openVault } from "../../vault/phase.ts";
import { lock } from "../../vault/practice.ts";
import Trouble from "../trouble.tsx";
import { WorkPage } from "./work-page.tsx";
import { WorkProfile } from "./work-profile.tsx";

export default function WorkPages() {
  const location = useLocation();
  const navigate = useNavigate();
  createEffect(() => {
    if (location.pathname !== "/" && location.pathname !== "/profile") navigate("/", { replace: true });
  });
  const vault = openVault();
  const areas = () => [
    { href: "/", label: t("work.nav"), icon: Cards },
    { href: "/profile", label: app("nav.profile"), icon: Person },
  ];
  const Foot = () => (
    <>
      <span class="frame-user">{vault.owner.account}</span>
      <IconButton icon={LockIcon} label={app("nav.lock")} onClick={() => void lock()} />
    </>
  );
  return (
    <AppFrame areas={areas()} label={t("work.areas")} path={location.pathname} foot={<Foot />}>
      <Trouble />
      <Show when={location.pathname === "/profile"} fallback={<WorkPage vault={vault} />}>
        <WorkProfile owner={vault.owner} />
      </Show>
    </AppFrame>
  );
}
