/** The end of an entry: asks first, and waits until no room of the client is open. */
import { useNavigate } from "@solidjs/router";
import Trash from "lucide-solid/icons/trash";
import { createSignal, type JSX, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Client } from "../../vault/clients.ts";
import { groupsOf, removeEntry } from "../../vault/entries.ts";
import { titleOf } from "../../vault/search.ts";
import { useDesk } from "../desk.ts";
import type { VaultView } from "../vault-view.ts";
import { roomsWith } from "./start.ts";

export function RemoveClient(props: { client: Client; view: VaultView }) {
  const desk = useDesk();
  const groups = () =>
    groupsOf(props.view.state().records, props.client.item)
      .map(({ record }) => record.name)
      .join(", ");
  return (
    <Remove
      item={props.client.item}
      title={titleOf(props.client.record)}
      act={t("remove.act")}
      text={t("remove.text")}
      view={props.view}
      refused={roomsWith(desk, [props.client]).length > 0}
    >
      <Show when={groups()}>
        <p>{t("remove.inGroups", groups())}</p>
      </Show>
    </Remove>
  );
}

export function RemoveGroup(props: { item: ItemId; title: string; view: VaultView }) {
  return (
    <Remove
      item={props.item}
      title={props.title}
      act={t("remove.group")}
      text={t("remove.textGroup")}
      view={props.view}
      refused={false}
    />
  );
}

type RemoveProps = {
  item: ItemId;
  title: string;
  act: string;
  text: string;
  view: VaultView;
  refused: boolean;
  children?: JSX.Element;
};

function Remove(props: RemoveProps) {
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal(false);
  const remove = () => {
    const { title, item } = props;
    const { vault } = props.view;
    setAsking(false);
    navigate("/clients");
    // not saved at once it is tried again; the frame says so
    removeEntry(vault, item).then(
      () => toast(t("remove.done", title)),
      () => undefined,
    );
  };
  return (
    <div class="entry-end">
      <Button kind="plain" icon={Trash} disabled={props.refused} onClick={() => setAsking(true)}>
        {props.act}
      </Button>
      <Show when={props.refused}>
        <p class="small quiet">{t("remove.open")}</p>
      </Show>
      <Confirm
        open={asking()}
        title={t("remove.title", props.title)}
        text={props.text}
        act={t("remove.sure")}
        onAct={remove}
        onClose={() => setAsking(false)}
      >
        {props.children}
      </Confirm>
    </div>
  );
}
