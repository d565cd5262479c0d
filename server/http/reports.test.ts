/** Problem reports: anybody may send one, it has exactly its form, and nothing else is kept of it. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { REPORT_BYTES_MAX, REPORT_NOTE_MAX, REPORTS_PER_ADDRESS } from "../../wire/report.ts";
import { carryOut } from "../ops/carry-out.ts";
import { createBrowser, createRig, type Rig } from "../testing/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ addressFrom: "x-forwarded-for" });
});
afterAll(() => rig.close());

const REPORT = {
  side: "client",
  browser: "Chromium 138.0",
  system: "Windows 11",
  page: "client-B8x_3q-D.js",
  way: "direct",
  minutes: 50,
  breaks: [3, 12],
  devices: { cameras: 1, microphones: 2, loudspeakers: 1 },
  errors: [{ code: "line.broken", count: 2 }],
  note: "",
} as const;

let last = 0;
/** Everybody has an own address. */
const from = () => createBrowser(rig, { "x-forwarded-for": `203.0.113.${++last}` });
const send = (report: unknown) => from().ask("POST", "/api/reports", report);
const kept = async () => (await rig.store.reports.all()).map(({ report }) => report);

test("a report is kept without account and address, and the operator reads it", async () => {
  expect((await send({ ...REPORT, note: "Der Ton \u001b[2J war weg." })).status).toBe(204);
  const [row] = await rig.store.reports.all();
  expect(row).toMatchObject({ hour: rig.time.now - (rig.time.now % 3_600_000), report: { side: "client" } });
  expect(Object.keys(row ?? {}).sort()).toEqual(["hour", "id", "report"]);
  const { out } = await carryOut(rig.store, { do: "reports" }, 1);
  expect(out).toContain("client  Chromium 138.0  Windows 11");
  expect(out).toContain("direct, 50 min, interrupted 3 s, 12 s");
  expect(out).toContain("line.broken ×2");
  expect(out).not.toContain("\u001b");
});

test("[bad input] what has another form is refused, and what is too much is not kept", async () => {
  const before = (await kept()).length;
  const wrong = [
    { ...REPORT, browser: "K-1042 https://praxis.example/j#abc" },
    { ...REPORT, browser: "Chromium 138.0\nMila Mai" },
    { ...REPORT, system: "anna@berg.example" },
    { ...REPORT, page: "../../etc/passwd" },
    { ...REPORT, way: "pigeon" },
    { ...REPORT, minutes: -1 },
    { ...REPORT, breaks: Array(51).fill(1) },
    { ...REPORT, errors: [{ code: "Mila Mai", count: 1 }] },
    { ...REPORT, note: "x".repeat(REPORT_NOTE_MAX + 1) },
    { ...REPORT, devices: null },
    [],
    "text",
    null,
  ];
  for (const report of wrong) expect([422, 400]).toContain((await send(report)).status);
  const length = { "content-length": String(REPORT_BYTES_MAX + 1) };
  const huge = await from().ask("POST", "/api/reports", REPORT, length);
  expect(huge).toMatchObject({ status: 413, body: { code: "request.too-large" } });
  expect(await kept()).toHaveLength(before);
});

test("a field that nobody asked for is not kept", async () => {
  const { status } = await send({ ...REPORT, client: "K-1042" });
  expect(JSON.stringify(await kept())).not.toContain("K-1042");
  expect([204, 422]).toContain(status);
});

test("one address sends a few in an hour, not more", async () => {
  const one = from();
  for (let n = 0; n < REPORTS_PER_ADDRESS; n++)
    expect((await one.ask("POST", "/api/reports", REPORT)).status).toBe(204);
  expect(await one.ask("POST", "/api/reports", REPORT)).toMatchObject({
    status: 429,
    body: { code: "report.slow-down" },
  });
  expect((await send(REPORT)).status).toBe(204);
});

test("[R10] everybody can read how long times are kept, and reports go with them", async () => {
  const { body } = await from().ask("GET", "/api/operator");
  expect(body.retentionDays).toBe(14);
  await send(REPORT);
  await rig.store.retention.clear({ wall: rig.time.now - 3_600_000, day: 0, session: 0 });
  expect((await kept()).length).toBeGreaterThan(0);
  await rig.store.retention.clear({ wall: rig.time.now + 1, day: 0, session: 0 });
  expect(await kept()).toEqual([]);
});
