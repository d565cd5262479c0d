/** Plays two notes through the chosen loudspeaker, and says what to do where they are not heard. */
import Speaker from "lucide-solid/icons/volume-2";
import { createSignal } from "solid-js";
import { playTestTone } from "../../call/test-tone.ts";
import { t } from "../../i18n/check.ts";
import { Button } from "../../ui/button.tsx";

export function ToneButton(props: { speaker: string }) {
  const [at, setAt] = createSignal<"quiet" | "playing" | "played" | "failed">("quiet");
  const play = async () => {
    setAt("playing");
    setAt((await playTestTone(props.speaker)) ? "played" : "failed");
  };
  const words = () => {
    if (at() === "failed") return t("devices.toneFailed");
    return at() === "played" ? t("devices.toneAgain") : t("devices.toneHint");
  };
  return (
    <div class="tone" data-testid="tone" data-at={at()}>
      <Button small icon={Speaker} busy={at() === "playing"} onClick={() => void play()}>
        {t("devices.tone")}
      </Button>
      <p class="field-hint" role="status">
        {words()}
      </p>
    </div>
  );
}
