/** Copies a text and says so in place; where the browser refuses, it says what to do instead. */
import Check from "lucide-solid/icons/check";
import CopyIcon from "lucide-solid/icons/copy";
import { createSignal, onCleanup } from "solid-js";
import { t } from "../i18n/common.ts";
import { Button, type ButtonKind } from "./button.tsx";
import { toast } from "./toast.tsx";

/** Higher: the button lies about a clipboard that has changed. Lower: the word is gone before it is read. */
const SAID_MS = 2500;

type CopyProps = { text: string; words?: string; kind?: ButtonKind; small?: boolean; label?: string };

export function CopyButton(props: CopyProps) {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const said = () => {
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), SAID_MS);
  };
  const copy = () => {
    navigator.clipboard.writeText(props.text).then(said, () => toast(t("copyFailed"), "trouble"));
  };
  return (
    <>
      <Button
        kind={props.kind ?? "quiet"}
        small={props.small ?? false}
        icon={copied() ? Check : CopyIcon}
        label={props.label}
        onClick={copy}
      >
        {copied() ? t("copied") : (props.words ?? t("copy"))}
      </Button>
      <span class="visually-hidden" role="status">
        {copied() ? t("copied") : ""}
      </span>
    </>
  );
}
