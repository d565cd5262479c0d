/** A password field whose content can be shown: typing seven words blind helps nobody. */
import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal } from "solid-js";
import { t } from "../i18n/common.ts";
import { Field, type FieldProps } from "./field.tsx";
import { IconButton } from "./icon-button.tsx";

export function PasswordField(props: Omit<FieldProps, "type" | "end" | "plain">) {
  const [shown, setShown] = createSignal(false);
  return (
    <Field
      {...props}
      plain
      type={shown() ? "text" : "password"}
      end={
        <IconButton
          icon={shown() ? EyeOff : Eye}
          label={shown() ? t("hide") : t("show")}
          onClick={() => setShown(!shown())}
        />
      }
    />
  );
}
