/** Entry of the client's pages, by link and by code: no router, nothing of the dashboard. */
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import { render } from "solid-js/web";
import { ClientPage } from "./pages/client.tsx";
import { ConnectPage } from "./pages/connect.tsx";
import { CoverRoot } from "./pages/room/cover-root.tsx";
import { followTheme } from "./ui/bar-colour.ts";

followTheme();
const root = document.getElementById("app");
// `data-unfit`: early.js has said already why this page cannot work here.
if (root && !document.documentElement.dataset.unfit)
  render(
    () => <CoverRoot>{location.pathname === "/connect" ? <ConnectPage /> : <ClientPage />}</CoverRoot>,
    root,
  );
