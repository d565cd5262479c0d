/** A prepared logo on both grounds it will stand on. */
import { createMemo, onCleanup } from "solid-js";
import { t } from "../../i18n/logo-upload.ts";
import type { Encoded } from "../../logo/shrink.ts";

export function LogoPreview(props: { picture: Encoded; isReduced: boolean }) {
  const url = createMemo(() => {
    const made = URL.createObjectURL(new Blob([props.picture.bytes], { type: props.picture.type }));
    onCleanup(() => URL.revokeObjectURL(made));
    return made;
  });
  const size = () => [props.picture.width, props.picture.height] as const;
  return (
    <div class="logo-preview" data-testid="logo-preview">
      <figure class="logo-on-light">
        <img src={url()} alt={t("preview")} />
        <figcaption>{t("onLight")}</figcaption>
      </figure>
      <figure class="logo-on-dark">
        <img src={url()} alt="" />
        <figcaption>{t("onDark")}</figcaption>
      </figure>
      <p class="field-hint">{props.isReduced ? t("smaller", ...size()) : t("size", ...size())}</p>
    </div>
  );
}
