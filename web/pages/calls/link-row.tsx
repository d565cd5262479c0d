/** A permanent link and the ways to send it: copy, share, mail, QR code. The words that go with it name no illness, no
 * therapy and nobody (R-A5). */
import Mail from "lucide-solid/icons/mail";
import QrIcon from "lucide-solid/icons/qr-code";
import Share from "lucide-solid/icons/share-2";
import { createSignal, Show } from "solid-js";
import { t } from "../../i18n/app.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Qr } from "../../ui/qr.tsx";

type LinkRowProps = { link: string; client: string; named: boolean };

export function LinkRow(props: LinkRowProps) {
  const [showQr, setShowQr] = createSignal(false);
  const canShare = typeof navigator.share === "function";
  // Dismissing the sheet of the system is no error.
  const share = () => void navigator.share({ text: t("send.text"), url: props.link }).catch(() => undefined);
  return (
    <div class="link-row">
      <Show when={props.named}>
        <h4 class="link-row-name">{props.client}</h4>
      </Show>
      <p class="link-row-link" translate="no" data-testid="link">
        {props.link}
      </p>
      <div class="link-row-acts">
        <CopyButton small text={props.link} words={t("send.copy")} />
        <Show when={canShare}>
          <Button small icon={Share} onClick={share}>
            {t("send.share")}
          </Button>
        </Show>
        <ButtonLink small icon={Mail} href={mailto(props.link)}>
          {t("send.mail")}
        </ButtonLink>
        <Button small icon={QrIcon} onClick={() => setShowQr(true)}>
          {t("send.qr")}
        </Button>
      </div>
      <Dialog
        open={showQr()}
        onClose={() => setShowQr(false)}
        title={t("send.qrTitle", props.client)}
        text={t("send.qrText")}
      >
        <Qr text={props.link} label={t("send.qrLabel")} />
      </Dialog>
    </div>
  );
}

/** A mail that is only begun: the therapist's own program sends it. */
function mailto(link: string): string {
  const body = `${t("send.text")}\n\n${link}\n`;
  return `mailto:?subject=${encodeURIComponent(t("send.subject"))}&body=${encodeURIComponent(body)}`;
}
