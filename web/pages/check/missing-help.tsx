/** The steps that help against one missing camera or microphone, for this browser on this system. */
import "./check.css";
import { createResource, For } from "solid-js";
import { type Permission, stepsFor } from "../../call/help.ts";
import type { Kind, Missing } from "../../call/opening.ts";
import { permissionOf } from "../../call/permission.ts";
import { placeOf } from "../../call/place.ts";
import { t } from "../../i18n/help.ts";

export default function MissingHelp(props: { kind: Kind; why: Missing }) {
  const place = placeOf(navigator.userAgent, navigator.maxTouchPoints);
  // asked anew with each answer of the browser; until it tells, it counts as one that does not
  const [permission] = createResource(
    () => ({ kind: props.kind, why: props.why }),
    ({ kind }) => permissionOf(kind),
    { initialValue: "unknown" as Permission },
  );
  return (
    <details class="help" data-testid={`help-${props.kind}`}>
      <summary>{t("title")}</summary>
      <ol>
        <For each={stepsFor(props.why, permission.latest, place)}>
          {(step) => <li>{t(`step.${step}`)}</li>}
        </For>
      </ol>
    </details>
  );
}
