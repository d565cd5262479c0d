/** Who runs this server. */
import { api, take } from "./server.ts";

/** Who runs this server, and whether it takes new accounts. */
export type Operator = {
  readonly name: string;
  readonly address: string;
  readonly mail: string;
  readonly registration: "open" | "code" | "closed";
  readonly retentionDays: number;
};

/** Throws `Refused`. */
export async function readOperator(): Promise<Operator> {
  return take(api().operator.get());
}
