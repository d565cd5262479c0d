/** Entry of the public pages and of the therapist's pages. */
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import { render } from "solid-js/web";
import { Pages } from "./routes.tsx";
import { followTheme } from "./ui/bar-colour.ts";

followTheme();
const root = document.getElementById("app");
// `data-unfit`: early.js has said already why this page cannot work here.
if (root && !document.documentElement.dataset.unfit) render(() => <Pages />, root);
