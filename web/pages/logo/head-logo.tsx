/** What stands at the head of a client's page: the practice's logo and name, or the product's where it has neither. */
import "./logo.css";
import { Show } from "solid-js";
import { Logo } from "../../ui/logo.tsx";
import { LogoPicture } from "./logo-picture.tsx";
import { usePracticeLogo } from "./practice-logo.ts";

export function HeadLogo() {
  const logo = usePracticeLogo();
  const name = () => logo?.words()?.name ?? null;
  return (
    <Show when={logo?.shown() || name()} fallback={<Logo />}>
      <span class="head-practice">
        <Show when={logo?.shown()}>
          {(shown) => (
            <span class="head-logo" data-testid="practice-logo">
              <LogoPicture shown={shown()} onBroken={() => logo?.drop()} />
            </span>
          )}
        </Show>
        <Show when={name()}>
          {(words) => (
            <span class="head-name" lang={logo?.words()?.locale} data-testid="practice-name">
              {words()}
            </span>
          )}
        </Show>
      </span>
    </Show>
  );
}
