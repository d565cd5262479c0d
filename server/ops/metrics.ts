/** What a Prometheus may know of this server: figures without any name, id or address. Each is read when it is asked for. */
import { Counter, Gauge, Registry } from "prom-client";

type Figures = Readonly<Record<string, number | undefined>>;
type Read = () => Figures | Promise<Figures>;

/** Where the figures come from; keys are the values of the one label that a metric has. */
export type Sources = {
  /** Calls in which two or more are present, by what a minute of them is. */
  readonly calls: Read;
  /** `seated` and `waiting`: clients. */
  readonly clients: Read;
  readonly connections: () => number;
  readonly signaling: Read;
  readonly sessions: Read;
  readonly relayed: Read;
  readonly dropped: Read;
  /** `settled` and `retried`. */
  readonly ledger: () => { readonly settled: number; readonly retried: number };
  readonly notices: () => Promise<number>;
  readonly busy: () => number;
  readonly answers: Read;
  /** Seconds that the loop was held up at most since it was asked before. */
  readonly lag: () => number;
  readonly ready: () => Promise<boolean>;
  readonly memory: () => { readonly rss: number; readonly heapUsed: number };
};

/** The text of a scrape. */
export type Metrics = { readonly contentType: string; text(): Promise<string> };

/** All metrics on these sources. */
export function createMetrics(from: Sources): Metrics {
  const registers = [new Registry()];
  gauges(from, registers);
  counters(from, registers);
  const [registry = new Registry()] = registers;
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

/** What gauges and counters have in common: both start at nothing and are told what there is now. */
function readAs(registers: Registry[], name: string, help: string, label: string | null, read: Read) {
  const labelNames = label === null ? [] : [label];
  async function collect(this: Gauge | Counter): Promise<void> {
    this.reset();
    for (const [key, value] of Object.entries(await read()))
      this.inc(label === null ? {} : { [label]: key }, value ?? 0);
  }
  return { name, help, labelNames, registers, collect };
}

function gauges(from: Sources, registers: Registry[]): void {
  const gauge = (name: string, help: string, label: string | null, read: Read) =>
    new Gauge(readAs(registers, `tpc_${name}`, help, label, read));
  gauge("calls", "Calls with two or more present", "kind", from.calls);
  gauge("clients", "Clients at the door and in calls", "state", from.clients);
  gauge("signaling_connections", "Open connections of pages", null, () => ({ n: from.connections() }));
  gauge("media_sessions", "Sessions of the relay", "transport", from.sessions);
  gauge("webhook_queue", "Notices that wait to be sent", null, async () => ({ n: await from.notices() }));
  gauge("event_loop_lag_seconds", "Longest hold-up since the scrape before", null, () => ({ n: from.lag() }));
  gauge("ready", "1: takes visitors", null, async () => ({ n: Number(await from.ready()) }));
  gauge("memory_bytes", "Memory of the process", "kind", () => {
    const { rss, heapUsed: heap } = from.memory();
    return { rss, heap };
  });
}

function counters(from: Sources, registers: Registry[]): void {
  const counter = (name: string, help: string, label: string | null, read: Read) =>
    new Counter(readAs(registers, `tpc_${name}_total`, help, label, read));
  counter("signaling_refusals", "Connections closed and messages dropped", "reason", from.signaling);
  counter("relay_bytes", "Bytes of the relay, sealed as they are", "direction", from.relayed);
  counter("relay_refusals", "Sessions closed and frames dropped", "reason", from.dropped);
  counter("ledger_settlements", "Calls that were booked", null, () => ({ n: from.ledger().settled }));
  counter("ledger_retries", "Writes of the ledger that had to be tried again", null, () => ({
    n: from.ledger().retried,
  }));
  counter("database_busy", "Writes that found the database locked", null, () => ({ n: from.busy() }));
  counter("http_answers", "Answers of the API, by class of their status", "status", from.answers);
}
