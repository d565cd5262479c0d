/** Where the focus goes when a dialog closes that no trigger of its own has opened: to whatever had it before. */
import { type Accessor, createComputed } from "solid-js";

/** To be given to the dialog's content as `onCloseAutoFocus`. */
export function createFocusBack(isOpen: Accessor<boolean>): (event: Event) => void {
  let before: Element | null = null;
  // before anything of the dialog is there to take the focus
  createComputed(() => {
    if (isOpen()) before = document.activeElement;
  });
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}
