/** The practice's logo in the call, top left: hover, focus or tap shows the button that makes it small; small, it is a mark that
 * brings it back (journey 11). */
import "./logo.css";
import Picture from "lucide-solid/icons/image";
import Minimise from "lucide-solid/icons/minimize-2";
import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import { t } from "../../i18n/logo.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { LogoPicture } from "./logo-picture.tsx";
import { type PracticeLogo, usePracticeLogo } from "./practice-logo.ts";

export function RoomLogo() {
  const logo = usePracticeLogo();
  return <Show when={logo}>{(found) => <Placed logo={found()} />}</Show>;
}

function Placed(props: { logo: PracticeLogo }) {
  let place: HTMLDivElement | undefined;
  const setSmall = (small: boolean, event: MouseEvent) => {
    props.logo.setSmall(small);
    // pressed by a key: the next one goes to the button that stands in its place
    if (event.detail === 0) queueMicrotask(() => place?.querySelector("button")?.focus());
  };
  return (
    <Show when={props.logo.shown()}>
      {(shown) => (
        <div class="room-logo" ref={place} data-testid="room-logo">
          <Show
            when={props.logo.isSmall()}
            fallback={
              <Whole onHide={(event) => setSmall(true, event)}>
                <LogoPicture shown={shown()} onBroken={() => props.logo.drop()} />
              </Whole>
            }
          >
            <div class="room-logo-act fades">
              <IconButton
                icon={Picture}
                label={t("show")}
                placement="right"
                onClick={(event) => setSmall(false, event)}
              />
            </div>
          </Show>
        </div>
      )}
    </Show>
  );
}

function Whole(props: { children: JSX.Element; onHide: (event: MouseEvent) => void }) {
  let place: HTMLDivElement | undefined;
  const [isTapped, setTapped] = createSignal(false);
  let isMouse = true;
  const onPress = (event: PointerEvent) => {
    isMouse = event.pointerType === "mouse";
  };
  // only once the tap has ended: a button that comes under the finger would be pressed by it
  const onEnd = (event: MouseEvent) => {
    const isHere = event.target instanceof Node && place?.contains(event.target) === true;
    setTapped(isHere && !isMouse);
  };
  addEventListener("pointerdown", onPress, { passive: true });
  addEventListener("click", onEnd);
  onCleanup(() => {
    removeEventListener("pointerdown", onPress);
    removeEventListener("click", onEnd);
  });
  return (
    <div class="room-logo-whole" classList={{ "room-logo-tapped": isTapped() }} ref={place}>
      {props.children}
      <div class="room-logo-act room-logo-hide">
        <IconButton icon={Minimise} label={t("hide")} placement="right" onClick={props.onHide} />
      </div>
    </div>
  );
}
