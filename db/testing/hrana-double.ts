/** A test double of a remote libSQL server: Hrana 2 over HTTP and JSON on an embedded file. It proves that our client's
 * remote way works end to end; it proves nothing about a real sqld, which is not to be had here (stack.md §4). */
import { randomUUID } from "node:crypto";
import Database from "libsql";

type Value =
  | { type: "null" }
  | { type: "integer"; value: string }
  | { type: "float"; value: number }
  | { type: "text"; value: string }
  | { type: "blob"; base64: string };
type Stmt = { sql?: string; sql_id?: number; args?: Value[] };
type Condition =
  | { type: "ok" | "error"; step: number }
  | { type: "not"; cond: Condition }
  | { type: "and" | "or"; conds: Condition[] };
type Step = { stmt: Stmt; condition?: Condition };
type Ask =
  | { type: "execute"; stmt: Stmt }
  | { type: "batch"; batch: { steps: Step[] } }
  | { type: "sequence"; sql?: string; sql_id?: number }
  | { type: "store_sql"; sql: string; sql_id: number }
  | { type: "close" | "close_sql" | "describe" | "get_autocommit" };
type Pipeline = { baton?: string | null; requests: Ask[] };
type Failure = { message: string; code: string };
type Connection = InstanceType<typeof Database>;

/** A client that died in the middle of a transaction would hold the lock for ever: sqld takes it away after five seconds too. */
const STREAM_MS = 5000;

/** One stream of a client: a connection, and the statements it gave numbers to. */
class Stream {
  /** When it was used last, monotonic. */
  used = performance.now();
  readonly #db: Connection;
  readonly #texts = new Map<number, string>();
  constructor(file: string) {
    this.#db = new Database(file, { timeout: 100 });
  }

  close(): void {
    // a connection with statements that nobody has collected yet keeps its lock after it was closed
    if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
    this.#db.close();
  }

  answer(ask: Ask): unknown {
    switch (ask.type) {
      case "execute":
        return { type: "execute", result: this.#run(ask.stmt) };
      case "batch":
        return { type: "batch", result: this.#batch(ask.batch.steps) };
      case "sequence":
        this.#db.exec(this.#text(ask));
        return { type: "sequence" };
      case "store_sql":
        this.#texts.set(ask.sql_id, ask.sql);
        return { type: "store_sql" };
      case "get_autocommit":
        return { type: "get_autocommit", is_autocommit: !this.#db.inTransaction };
      default:
        return { type: ask.type };
    }
  }

  #text({ sql, sql_id }: { sql?: string; sql_id?: number }): string {
    return sql ?? this.#texts.get(sql_id ?? -1) ?? "";
  }

  #run(stmt: Stmt) {
    const prepared = this.#db.prepare(this.#text(stmt));
    const args = (stmt.args ?? []).map(fromValue);
    prepared.safeIntegers(true);
    try {
      prepared.raw(true);
    } catch {
      const { changes, lastInsertRowid } = prepared.run(args);
      return { cols: [], rows: [], affected_row_count: changes, last_insert_rowid: String(lastInsertRowid) };
    }
    const cols = prepared.columns().map((col) => ({ name: col.name, decltype: col.type }));
    const rows = (prepared.all(args) as unknown[][]).map((row) => row.map(toValue));
    return { cols, rows, affected_row_count: 0 };
  }

  #batch(steps: Step[]) {
    const results: unknown[] = [];
    const errors: (Failure | null)[] = [];
    for (const { stmt, condition } of steps) {
      results.push(null);
      errors.push(null);
      if (condition !== undefined && !holds(condition, results, errors)) continue;
      try {
        results[results.length - 1] = this.#run(stmt);
      } catch (error) {
        errors[errors.length - 1] = failure(error);
      }
    }
    return { step_results: results, step_errors: errors };
  }
}

function holds(condition: Condition, results: unknown[], errors: unknown[]): boolean {
  switch (condition.type) {
    case "ok":
      return results[condition.step] !== null;
    case "error":
      return errors[condition.step] !== null;
    case "not":
      return !holds(condition.cond, results, errors);
    case "and":
      return condition.conds.every((one) => holds(one, results, errors));
    case "or":
      return condition.conds.some((one) => holds(one, results, errors));
  }
}

function fromValue(value: Value): unknown {
  if (value.type === "null") return null;
  if (value.type === "blob") return Buffer.from(value.base64, "base64");
  return value.type === "integer" ? BigInt(value.value) : value.value;
}

function toValue(value: unknown): Value {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: String(value) };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  return { type: "blob", base64: Buffer.from(value as Uint8Array).toString("base64") };
}

function failure(error: unknown): Failure {
  const { message, code } = error as { message: string; code?: string };
  return { message, code: code ?? "UNKNOWN" };
}

/** Serves the database in `file`. With a `token`, requests without it get 401. `cut` ends every answer by an error. */
export function serveHrana(file: string, token: string | null = null) {
  const streams = new Map<string, Stream>();
  let away = false;
  const expire = () => {
    for (const [baton, stream] of streams) {
      if (performance.now() - stream.used < STREAM_MS) continue;
      streams.delete(baton);
      stream.close();
    }
  };
  const timer = setInterval(expire, STREAM_MS / 10);
  timer.unref();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      if (away) return new Response("away", { status: 502 });
      if (token !== null && request.headers.get("authorization") !== `Bearer ${token}`) {
        return new Response("who?", { status: 401 });
      }
      if (!request.url.endsWith("/v2/pipeline")) return new Response("ok");
      const { baton, requests } = (await request.json()) as Pipeline;
      const stream = (baton ? streams.get(baton) : undefined) ?? new Stream(file);
      if (baton) streams.delete(baton);
      stream.used = performance.now();
      const results = requests.map((ask) => {
        try {
          return { type: "ok", response: stream.answer(ask) };
        } catch (error) {
          return { type: "error", error: failure(error) };
        }
      });
      if (requests.some((ask) => ask.type === "close")) {
        stream.close();
        return Response.json({ baton: null, base_url: null, results });
      }
      const next = randomUUID();
      streams.set(next, stream);
      return Response.json({ baton: next, base_url: null, results });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    setAway(value: boolean) {
      away = value;
    },
    stop: () => {
      clearInterval(timer);
      return server.stop(true);
    },
  };
}
