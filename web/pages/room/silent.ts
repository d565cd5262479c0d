/** Whether this page is to make no sound at all: somebody has come in ("Jemand kommt herein"). One for the page. */
import { createSignal } from "solid-js";

const [isSilent, setSilent] = createSignal(false);

export { isSilent, setSilent };
