/** Entry of the client's page: no router, nothing of the dashboard. */
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import { render } from "solid-js/web";
import { ClientPage } from "./pages/client.tsx";

const root = document.getElementById("app");
// `data-unfit`: old-browser.js has said already why this page cannot work here.
if (root && !document.documentElement.dataset.unfit) render(() => <ClientPage />, root);
