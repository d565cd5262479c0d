/** "Praxispersonal" on the therapist's profile: who works for the practice, who is invited, and how to begin and end it. */
import "./staff.css";
import Plus from "lucide-solid/icons/user-plus";
import { createResource, createSignal, For, onCleanup, Show } from "solid-js";
import { staffApi } from "../../api/team.ts";
import { sayError } from "../../i18n/errors.ts";
import { t } from "../../i18n/staff.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Loading } from "../loading.tsx";
import type { VaultView } from "../vault-view.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { InvitedRow, PersonRow } from "./team-rows.tsx";

export function TeamCard(props: { view: VaultView }) {
  const [team, { refetch }] = createResource(() => staffApi.team());
  const [inviting, setInviting] = createSignal(false);
  const again = async () => void (await refetch());
  // somebody may have accepted meanwhile
  const seen = () => document.hidden || void again();
  document.addEventListener("visibilitychange", seen);
  onCleanup(() => document.removeEventListener("visibilitychange", seen));
  const isEmpty = () => (team.latest?.people.length ?? 0) + (team.latest?.invitations.length ?? 0) === 0;
  const close = () => {
    setInviting(false);
    void again();
  };
  return (
    <Card title={t("team.title")}>
      <p class="quiet">{t("team.text")}</p>
      <Show when={!team.error} fallback={<Banner tone="look">{sayError(team.error)}</Banner>}>
        <Show when={team.latest} fallback={<Loading />}>
          {(known) => (
            <Show when={!isEmpty()}>
              <ul class="team-list" aria-label={t("team.list")}>
                <For each={known().people}>
                  {(person) => <PersonRow view={props.view} person={person} onEnd={again} />}
                </For>
                <For each={known().invitations}>
                  {(invited) => <InvitedRow view={props.view} invited={invited} onEnd={again} />}
                </For>
              </ul>
            </Show>
          )}
        </Show>
      </Show>
      <p class="field-hint">{t("team.knock")}</p>
      <div class="profile-acts">
        <Button icon={Plus} onClick={() => setInviting(true)}>
          {t("team.invite")}
        </Button>
      </div>
      <InviteDialog view={props.view} open={inviting()} onClose={close} />
    </Card>
  );
}
