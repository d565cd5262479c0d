/** An address that leads nowhere. */
import "./account/account.css";
import { t } from "../i18n/app.ts";
import { ButtonLink } from "../ui/button.tsx";
import { PageTitle } from "../ui/title.tsx";
import { Public } from "./public.tsx";

export default function MissingPage() {
  return (
    <Public kind="form">
      <div class="account">
        <PageTitle text={t("missing.title")} />
        <p>{t("missing.text")}</p>
        <p>
          <ButtonLink href="/">{t("missing.home")}</ButtonLink>
        </p>
      </div>
    </Public>
  );
}
