/** The head of an entry's page: the way back, what it is called, and the call with one press. */
import Back from "lucide-solid/icons/chevron-left";
import { Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageTitle } from "../../ui/title.tsx";
import type { Client } from "../../vault/clients.ts";
import { useDesk } from "../desk.ts";
import { openRoomOf, type Start } from "./start.ts";

type HeadProps = {
  title: string;
  more: string;
  clients: readonly Client[];
  start: Start;
  /** Why there is no call to be started. */
  not?: string | undefined;
};

export function EntryHead(props: HeadProps) {
  const desk = useDesk();
  const isOpen = () => openRoomOf(desk, props.clients) !== undefined;
  return (
    <header class="entry-head">
      <a class="entry-back" href="/clients">
        <Icon of={Back} size={18} /> {t("back")}
      </a>
      <div class="entry-head-row">
        <div class="entry-head-words">
          <PageTitle text={props.title} />
          <p class="quiet">{props.more}</p>
        </div>
        <Show when={!props.not} fallback={<p class="small quiet">{props.not}</p>}>
          <Button
            kind="main"
            label={t(isOpen() ? "joinLabel" : "startLabel", props.title)}
            busy={props.start.starting() !== null}
            onClick={() => void props.start.start("head", props.clients)}
          >
            {t(isOpen() ? "join" : "start")}
          </Button>
        </Show>
      </div>
    </header>
  );
}
