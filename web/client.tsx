/** Entry of the client's pages, by link and by code: no router, nothing of the dashboard. */
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import { lazy, Suspense } from "solid-js";
import { render } from "solid-js/web";
import { fetched } from "./fetched.ts";
import { t } from "./i18n/call.ts";
import { ClientPage } from "./pages/client.tsx";
import { ConnectPage } from "./pages/connect.tsx";
import { CoverRoot } from "./pages/room/cover-root.tsx";
import { followTheme } from "./ui/bar-colour.ts";
import { Skeleton } from "./ui/skeleton.tsx";
import { Whole } from "./ui/whole.tsx";

const CheckPage = lazy(() => fetched(() => import("./pages/check/check-page.tsx")));

function Page() {
  if (location.pathname === "/connect") return <ConnectPage />;
  if (location.pathname !== "/check") return <ClientPage />;
  return (
    <Whole>
      <Suspense fallback={<Skeleton lines={4} label={t("check.loading")} />}>
        <CheckPage />
      </Suspense>
    </Whole>
  );
}

followTheme();
const root = document.getElementById("app");
// `data-unfit`: early.js has said already why this page cannot work here.
if (root && !document.documentElement.dataset.unfit)
  render(
    () => (
      <CoverRoot>
        <Page />
      </CoverRoot>
    ),
    root,
  );
