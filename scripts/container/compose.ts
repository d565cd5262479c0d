/** Reads compose.yaml as the tests need it: services with their merged settings, and `${NAME:-…}` filled from what is given. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup.ts";

export type Service = {
  image: string;
  build?: string;
  user?: string;
  profiles?: string[];
  environment: Record<string, string>;
  volumes: string[];
  tmpfs: string[];
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  network_mode?: string;
  ports?: string[];
  restart?: string;
};

type Compose = { services: Record<"app" | "caddy" | "turn", Service>; volumes: Record<string, unknown> };

/** The file at the top of the repository; names that `values` lacks take the default, or are empty. */
export function readCompose(values: Readonly<Record<string, string>> = {}): Compose {
  const parsed = Bun.YAML.parse(composeText());
  return filled(parsed, values) as Compose;
}

/** The file as it is written. */
export function composeText(): string {
  return readFileSync(join(ROOT, "compose.yaml"), "utf8");
}

/** As compose does it: after parsing, in every text; "$$" is its own way to write a "$". */
function filled(node: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof node === "string")
    return node.replace(VARIABLE, (_, name, kind, other) => fill(name, kind, other));
  if (Array.isArray(node)) return node.map((item) => filled(item, values));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, filled(value, values)]));

  function fill(name: string | undefined, kind: string | undefined, other: string | undefined): string {
    if (name === undefined) return "$";
    return values[name] || (kind === "-" ? (other ?? "") : "");
  }
}

const VARIABLE = /\$\$|\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g;
