/** What stands at the head of a client's page: the practice's logo, or the product's where it has none. */
import "./logo.css";
import { Show } from "solid-js";
import { Logo } from "../../ui/logo.tsx";
import { LogoPicture } from "./logo-picture.tsx";
import { usePracticeLogo } from "./practice-logo.ts";

export function HeadLogo() {
  const logo = usePracticeLogo();
  return (
    <Show when={logo?.shown()} fallback={<Logo />}>
      {(shown) => (
        <span class="head-logo" data-testid="practice-logo">
          <LogoPicture shown={shown()} onBroken={() => logo?.drop()} />
        </span>
      )}
    </Show>
  );
}
