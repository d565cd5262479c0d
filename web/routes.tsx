/** Which page answers which address; every page is its own chunk. */
import { Route, Router } from "@solidjs/router";
import { lazy } from "solid-js";

const Start = lazy(() => import("./pages/start.tsx"));

export function Pages() {
  return (
    <Router>
      <Route path="/" component={Start} />
    </Router>
  );
}
