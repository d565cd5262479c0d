/** Accepting an invitation with the account that is logged in; or why it cannot, and what to do instead. */
import { useNavigate } from "@solidjs/router";
import { createResource, Match, Show, Switch } from "solid-js";
import type { Invitation } from "../../../wasm/invitation.ts";
import { workApi } from "../../api/team.ts";
import { sayError } from "../../i18n/errors.ts";
import { t } from "../../i18n/staff.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { openVault, phase } from "../../vault/phase.ts";
import { acceptInvitation, bringKey, logOut } from "../../vault/practice.ts";
import { Refused } from "../../vault/remote.ts";
import { hasWorkKey } from "../../vault/work.ts";
import { createTask } from "../task.ts";

type AcceptProps = {
  invitation: Invitation;
  /** Who invites; null where the invitation cannot be accepted (any more), for the reason `fault`. */
  practice: string | null;
  fault: unknown;
};

export function AcceptHere(props: AcceptProps) {
  const navigate = useNavigate();
  const task = createTask();
  const leaving = createTask();
  const vault = openVault();
  const user = vault.owner.account;
  const isTherapist = () => phase().kind === "open";
  const hasClients = () =>
    [...vault.state.get().records.values()].some(({ t }) => t === "client" || t === "group");
  /** For whom this account works; its key comes back by opening its invitation again. */
  const [work] = createResource(async () => {
    const now = isTherapist() ? null : await workApi.work().catch(() => null);
    const isUsed = props.fault instanceof Refused && props.fault.code === "invitation.used";
    if (!now || !isUsed || hasWorkKey(vault.state.get().records, now.invitation)) return now;
    await bringKey(props.invitation.key);
    navigate("/", { replace: true });
    return now;
  });
  const accept = async () => {
    if (await task.run(() => acceptInvitation(props.invitation))) navigate("/", { replace: true });
  };
  const leave = async () => {
    // Loaded anew, so that no key of the vault stays in this page's memory; the invitation stays in the address.
    if (await leaving.run(logOut)) location.reload();
  };
  const words = () => {
    if (isTherapist() && hasClients()) return t("join.notEmpty", user);
    const employer = work()?.practice;
    return employer ? t("join.employed", user, employer) : null;
  };
  return (
    <Show when={work.state === "ready"}>
      <PageTitle text={props.practice ? t("join.by", props.practice) : t("join.badTitle")} />
      <Switch>
        <Match when={!props.practice}>
          <Banner tone="look" act={<ButtonLink href="/">{t("join.desk")}</ButtonLink>}>
            {sayError(props.fault)}
          </Banner>
        </Match>
        <Match when={words()}>
          {(why) => (
            <Banner
              tone="look"
              act={
                <Button busy={leaving.busy()} onClick={() => void leave()}>
                  {t("join.leave")}
                </Button>
              }
            >
              {leaving.error() || why()}
            </Banner>
          )}
        </Match>
        <Match when={props.practice}>
          <Card>
            <p>{t("join.text")}</p>
            <p>{isTherapist() ? t("join.asText", user) : ""}</p>
            <Show when={task.error()}>
              <Banner tone="loss">{task.error()}</Banner>
            </Show>
            <Button kind="main" wide busy={task.busy()} onClick={() => void accept()}>
              {t("join.as", user)}
            </Button>
            <Button kind="plain" wide busy={leaving.busy()} onClick={() => void leave()}>
              {t("join.leave")}
            </Button>
          </Card>
        </Match>
      </Switch>
    </Show>
  );
}
