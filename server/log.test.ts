/** What may stand in a log line, as types and as text. */
import { expect, test } from "bun:test";
import { newId, type Rid } from "../wire/ids.ts";
import { foldUserName } from "../wire/names.ts";
import { createLog, type LEVELS, logError, logId } from "./log.ts";

const clock = { now: () => 0, monotonic: () => 0 };

function captured(level: (typeof LEVELS)[number] = "debug") {
  const lines: string[] = [];
  return { lines, log: createLog(clock, level, (line) => lines.push(line)) };
}

test("[R9] a line is JSON with time, level, event and fields", () => {
  const { lines, log } = captured();
  log.info("server.ready", { port: 3000, tls: false, database: "file", id: logId("ab".repeat(16)) });
  expect(lines).toEqual([
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","msg":"server.ready","port":3000,"tls":false,"database":"file","id":"ababab"}',
  ]);
});

test("[R9] strings, branded ids, patterns, objects and dynamic events are not loggable", () => {
  const { log } = captured();
  const text: string = "Anna";
  const rid = newId<Rid>();
  const user = foldUserName("anna");
  const pattern = `room-${text}` as `room-${string}`;
  // @ts-expect-error a string may be a name
  log.info("a", { text });
  // @ts-expect-error a full id may be a link handle
  log.info("a", { rid });
  // @ts-expect-error a user name is somebody
  log.info("a", { user });
  // @ts-expect-error a pattern holds a string
  log.info("a", { pattern });
  // @ts-expect-error an object may hold anything
  log.info("a", { inner: { text } });
  // @ts-expect-error an error's text may carry values
  log.info("a", { error: new Error(text) });
  // @ts-expect-error bytes may be a key
  log.info("a", { key: new Uint8Array(2) });
  // @ts-expect-error a field never hides the time of the line
  log.info("a", { time: 5 });
  // @ts-expect-error an event is a word of the source
  log.info(text);
  const mode = Math.random() > 2 ? "file" : "remote";
  log.info("a", { mode, closed: null });
});

test("[R9] ids are cut, errors are words", () => {
  expect(String(logId("0123456789abcdef0123456789abcdef"))).toBe("012345");
  expect(String(logId("Anna Muster"))).toBe("??????");
  expect(String(logError(Object.assign(new Error("values"), { code: "SQLITE_FULL" })))).toBe("SQLITE_FULL");
  expect(String(logError(new TypeError("secret")))).toBe("TypeError");
  expect(String(logError({ code: "a secret", name: "b secret" }))).toBe("unknown");
  expect(String(logError("secret"))).toBe("unknown");
  expect(String(logError(null))).toBe("unknown");
});

test("levels below the least are silent", () => {
  const { lines, log } = captured("warn");
  log.debug("a");
  log.info("a");
  log.warn("a");
  log.error("a");
  expect(lines.length).toBe(2);
});
