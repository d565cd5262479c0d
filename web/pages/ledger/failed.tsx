/** Something of the ledger could not be fetched: why, and once more. */
import { t } from "../../i18n/app.ts";
import { sayError } from "../../i18n/errors.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";

export function Failed(props: { error: unknown; onAgain: () => void }) {
  const Again = () => (
    <Button small onClick={props.onAgain}>
      {t("unreachable.again")}
    </Button>
  );
  return (
    <Banner tone="look" act={<Again />}>
      {sayError(props.error)}
    </Banner>
  );
}
