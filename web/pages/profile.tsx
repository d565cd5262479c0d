/** The profile: points and calls, the account, how pages look, how clients come in, and everything about getting in and out. */
import "./profile/profile.css";
import { createResource, createSignal, Show, Suspense } from "solid-js";
import { accountApi } from "../api/account.ts";
import { t } from "../i18n/app.ts";
import { t as planned } from "../i18n/planned.ts";
import { Banner } from "../ui/banner.tsx";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy.tsx";
import { Switch } from "../ui/switch.tsx";
import { PageTitle } from "../ui/title.tsx";
import { changeSettings, settingsOf } from "../vault/clients.ts";
import { isNoticeWanted, wantNotice } from "./knock/notice.ts";
import { hasNotices } from "./knock/notice-switch.ts";
import { Balance } from "./ledger/balance.tsx";
import { Loading } from "./loading.tsx";
import { FeedCard } from "./planned/feed-card.tsx";
import { isReminderWanted, wantReminder } from "./planned/reminder.ts";
import { BeforeCard } from "./profile/before-card.tsx";
import { DeleteAccount } from "./profile/delete-account.tsx";
import { DetailsCard } from "./profile/details-card.tsx";
import { ExportCard } from "./profile/export-card.tsx";
import { LogoCard } from "./profile/logo-card.tsx";
import { ReachCard } from "./profile/reach-card.tsx";
import { PartLinks, Section } from "./profile/section.tsx";
import { Security } from "./profile/security.tsx";
import { Sessions } from "./profile/sessions.tsx";
import { View } from "./profile/view.tsx";
import { SecondFactor } from "./second/second-factor.tsx";
import { AccessCard } from "./software/access-card.tsx";
import { TeamCard } from "./staff/team-card.tsx";
import { createVaultView, type VaultView } from "./vault-view.ts";

export default function ProfilePage() {
  const view = createVaultView();
  const user = () => view.vault.owner.account;
  return (
    <>
      <PageTitle text={t("profile.title")} />
      <PartLinks />
      <Section part="credit">
        <Balance />
      </Section>
      <Section part="practice">
        <Suspense fallback={<Loading />}>
          <Account user={user()} />
        </Suspense>
        <DetailsCard view={view} />
        <ReachCard view={view} />
        <LogoCard view={view} />
        <Suspense fallback={<Loading />}>
          <TeamCard view={view} />
        </Suspense>
        <AccessCard view={view} />
      </Section>
      <Section part="calls">
        <Meeting view={view} />
        <BeforeCard view={view} />
        <Suspense fallback={<Loading />}>
          <FeedCard />
        </Suspense>
      </Section>
      <Section part="view">
        <View />
      </Section>
      <Section part="security">
        <Security owner={view.vault.owner} />
        <Suspense fallback={<Loading />}>
          <SecondFactor user={user()} />
        </Suspense>
        <Suspense fallback={<Loading />}>
          <Sessions />
        </Suspense>
      </Section>
      <Section part="data">
        <ExportCard view={view} />
        <DeleteAccount user={user()} />
      </Section>
    </>
  );
}

function Account(props: { user: string }) {
  const [session] = createResource(() => accountApi.session().catch(() => null));
  return (
    <Card title={t("profile.account")}>
      <dl class="profile-facts">
        <div>
          <dt>{t("profile.code")}</dt>
          <dd class="profile-code">
            <strong translate="no">{props.user}</strong>
            <CopyButton small text={props.user} />
          </dd>
          <dd class="field-hint">{t("profile.codeHint")}</dd>
        </div>
        <div>
          <dt>{t("profile.email")}</dt>
          <dd>{session()?.email ?? t("profile.noEmail")}</dd>
        </div>
      </dl>
    </Card>
  );
}

function Meeting(props: { view: VaultView }) {
  // Unsaved, the choice holds here, is said at the top of the page, and is tried again.
  const settings = () => settingsOf(props.view.state().records);
  const change = (changed: Parameters<typeof changeSettings>[1]) =>
    void changeSettings(props.view.vault, changed, Date.now()).catch(() => undefined);
  return (
    <Card title={t("profile.meeting")}>
      <Switch
        label={t("profile.oneByOne")}
        hint={t("profile.oneByOneHint")}
        checked={settings().oneByOne}
        onChange={(oneByOne) => change({ oneByOne })}
      />
      <Switch
        label={t("profile.relayOnly")}
        hint={t("profile.relayOnlyHint")}
        checked={settings().relayOnly}
        onChange={(relayOnly) => change({ relayOnly })}
      />
      <Switch
        label={t("profile.newCodes")}
        hint={t("profile.newCodesHint")}
        checked={settings().newCodes}
        onChange={(newCodes) => change({ newCodes })}
      />
      <Notice
        label={t("profile.notice")}
        hint={t("profile.noticeHint")}
        wanted={isNoticeWanted()}
        want={wantNotice}
      />
      <Notice
        label={planned("reminder.label")}
        hint={planned("reminder.hint")}
        wanted={isReminderWanted()}
        want={wantReminder}
      />
    </Card>
  );
}

type NoticeProps = {
  label: string;
  hint: string;
  wanted: boolean;
  want: (on: boolean) => Promise<boolean>;
};

/** Per device, for the browser asks per device. */
function Notice(props: NoticeProps) {
  const [isRefused, setRefused] = createSignal(false);
  const change = async (on: boolean) => setRefused(!(await props.want(on)));
  return (
    <Show when={hasNotices()}>
      <Switch
        label={props.label}
        hint={props.hint}
        checked={props.wanted}
        onChange={(on) => void change(on)}
      />
      <Show when={isRefused()}>
        <Banner tone="look">{t("profile.noticeBlocked")}</Banner>
      </Show>
    </Show>
  );
}
