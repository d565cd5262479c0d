/** Lets Solid's templates pass under `require-trusted-types-for 'script'`: `template()` hands its HTML, which the compiler
 * wrote at build time, through the policy `solid`. The policy is known inside that one module only. */
import type { Plugin } from "vite";

const MODULE = /\/solid-js\/web\/dist\/web\.js$/;
/** What Solid 1.9 writes; when it changes the build fails here and not in front of a client. */
const SINK = "t.innerHTML = html;";
const POLICY = `const solidHtml = globalThis.trustedTypes?.createPolicy("solid", { createHTML: (html) => html });\n`;

/** The code of Solid's DOM runtime with its template sink behind the policy. Throws where the sink is not found once. */
export function behindPolicy(code: string): string {
  if (code.split(SINK).length !== 2)
    throw new Error("Solid's template() changed: see web/plugins/trusted-types.ts");
  return POLICY + code.replace(SINK, "t.innerHTML = solidHtml ? solidHtml.createHTML(html) : html;");
}

/** Build only: the development server sends no Content-Security-Policy. */
export function trustedTypes(): Plugin {
  let done = false;
  return {
    name: "trusted-types",
    apply: "build",
    transform(code, id) {
      if (!MODULE.test(id)) return null;
      done = true;
      return { code: behindPolicy(code), map: null };
    },
    buildEnd(error) {
      if (!error && !done)
        this.error("Solid's DOM runtime was not found: its templates would be refused by the policy");
    },
  };
}
