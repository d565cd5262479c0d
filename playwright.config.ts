/** How the journeys run: one real Chromium process per person, fake camera and microphone, no retries here; `bun run test`
 * gives each one more try and names whoever needed it. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "web/journeys",
  testMatch: "*.journey.ts",
  outputDir: ".cache/journeys",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
});
