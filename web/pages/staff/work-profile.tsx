/** The account of practice staff: who they are here, how pages look, and everything about getting in and out. */
import "../profile/profile.css";
import { createResource, Suspense } from "solid-js";
import { accountApi } from "../../api/account.ts";
import { t as app } from "../../i18n/app.ts";
import { t } from "../../i18n/staff.ts";
import { Card } from "../../ui/card.tsx";
import { PageTitle } from "../../ui/title.tsx";
import type { Owner } from "../../vault/seal.ts";
import { Loading } from "../loading.tsx";
import { DeleteAccount } from "../profile/delete-account.tsx";
import { Security } from "../profile/security.tsx";
import { Sessions } from "../profile/sessions.tsx";
import { View } from "../profile/view.tsx";
import { SecondFactor } from "../second/second-factor.tsx";

export function WorkProfile(props: { owner: Owner }) {
  return (
    <>
      <PageTitle text={app("profile.title")} />
      <Suspense fallback={<Loading />}>
        <Account user={props.owner.account} />
      </Suspense>
      <View />
      <Security owner={props.owner} />
      <Suspense fallback={<Loading />}>
        <SecondFactor user={props.owner.account} />
      </Suspense>
      <Suspense fallback={<Loading />}>
        <Sessions />
      </Suspense>
      <DeleteAccount user={props.owner.account} text={t("work.removeText")} />
    </>
  );
}

function Account(props: { user: string }) {
  const [session] = createResource(() => accountApi.session().catch(() => null));
  return (
    <Card title={t("work.account")}>
      <dl class="profile-facts">
        <div>
          <dt>{t("work.user")}</dt>
          <dd>
            <strong translate="no">{props.user}</strong>
          </dd>
        </div>
        <div>
          <dt>{t("work.role")}</dt>
          <dd>{t("work.roleText")}</dd>
        </div>
        <div>
          <dt>{app("profile.email")}</dt>
          <dd>{session()?.email ?? app("profile.noEmail")}</dd>
        </div>
      </dl>
    </Card>
  );
}
