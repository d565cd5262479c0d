/** Around what may not arrive whole: a part that did not come after all tries is said in its place, and the rest stays. */
import { ErrorBoundary, type JSX } from "solid-js";
import { t } from "../i18n/common.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";

/** `place`: the class of what should have been there. */
export function Whole(props: { children: JSX.Element; place?: string }) {
  const act = () => <Button onClick={() => location.reload()}>{t("cut.again")}</Button>;
  return (
    <ErrorBoundary
      fallback={
        <div class={props.place}>
          <Banner tone="look" title={t("cut.title")} act={act()}>
            {t("cut.text")}
          </Banner>
        </div>
      }
    >
      {props.children}
    </ErrorBoundary>
  );
}
